-- The first test: one version everywhere, in a schema of its own; and from here on
-- the server counts the functions that tests call, for uninstall, the last of them.
SELECT format('ALTER DATABASE %I SET track_functions = ''all''', current_database()) \gexec
SET track_functions = 'all';

SELECT extversion = parindex.version() AS script, extversion = parindex.library_version() AS library, extrelocatable
FROM pg_extension
WHERE extname = 'parindex';
