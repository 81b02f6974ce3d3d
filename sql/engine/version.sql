CREATE FUNCTION parindex.library_version() RETURNS text
	LANGUAGE C STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_library_version';

COMMENT ON FUNCTION parindex.library_version() IS
'Version of the loaded shared library, such as 0.1.0. Never NULL.';

CREATE FUNCTION parindex.version() RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN e.extversion = parindex.library_version()
		THEN e.extversion
		ELSE pg_catalog.format(
			'library %s, script %s: versions differ; run ALTER EXTENSION parindex UPDATE and start a new session',
			parindex.library_version(), e.extversion)
	END
	FROM pg_catalog.pg_extension AS e
	WHERE e.extname = 'parindex';
END;

COMMENT ON FUNCTION parindex.version() IS
'Version of parindex. Where the shared library and the installed SQL script differ, names both and says what to do. Never NULL.';
