-- What there is for users. parindex.rooms(), which the build writes from the
-- order of these parts, stands at the end of the install script.

-- The one rule that tells functions to call from those for support: whatever an
-- aggregate, type, operator, cast, index or the planner calls is for support, but
-- for a final function that reads a state which users can have too, such as
-- mean(decimal_stats); and so is what says of itself "Support of ...".
CREATE FUNCTION parindex.help(word text DEFAULT NULL)
	RETURNS TABLE (room text, name text, arguments text, result text, kind text, summary text)
	LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 200
	SET search_path = pg_catalog, parindex, pg_temp
AS $$
BEGIN
	RETURN QUERY
	WITH support AS (
		SELECT unnest(ARRAY[aggtransfn, aggcombinefn, aggserialfn, aggdeserialfn,
			aggmtransfn, aggminvtransfn]::oid[]) AS oid
		FROM pg_aggregate
		UNION
		SELECT final.oid
		FROM pg_aggregate AS a
		JOIN pg_proc AS final ON final.oid IN (a.aggfinalfn, a.aggmfinalfn)
		WHERE final.prorettype = a.aggtranstype
			OR NOT EXISTS (SELECT FROM pg_proc AS p WHERE p.prokind = 'a' AND p.prorettype = a.aggtranstype)
		UNION
		SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend,
			typmodin, typmodout, typanalyze, typsubscript]::oid[])
		FROM pg_type
		UNION
		SELECT unnest(ARRAY[oprcode, oprrest, oprjoin]::oid[])
		FROM pg_operator
		UNION
		SELECT castfunc FROM pg_cast
		UNION
		SELECT amproc FROM pg_amproc
		UNION
		SELECT prosupport FROM pg_proc
	), to_call AS (
		SELECT
			r.ordinal,
			r.room,
			p.*,
			obj_description(p.oid, 'pg_proc') AS comment,
			-- OUT arguments come last; they are columns of the result.
			regexp_match(pg_get_function_arguments(p.oid), '^(.*?)(?:(?:^|, )OUT (.*))?$') AS argument
		FROM parindex.rooms() AS r
		JOIN pg_proc AS p ON p.oid = CASE WHEN r.member ~ '\(' THEN to_regprocedure(r.member) END
		WHERE NOT EXISTS (SELECT FROM support AS s WHERE s.oid = p.oid)
			AND obj_description(p.oid, 'pg_proc') !~ '^Support of '
	)
	SELECT
		c.room,
		c.proname::text,
		c.argument[1],
		CASE
			WHEN c.argument[2] IS NULL THEN pg_get_function_result(c.oid)
			ELSE format(CASE WHEN c.proretset THEN 'TABLE(%s)' ELSE 'record(%s)' END, replace(c.argument[2], ', OUT ', ', '))
		END,
		CASE c.prokind
			WHEN 'a' THEN 'aggregate'
			WHEN 'w' THEN 'window function'
			WHEN 'p' THEN 'procedure'
			ELSE 'function'
		END,
		coalesce(substring(c.comment FROM '^.+?\.(?=\s|$)'), c.comment)
	FROM to_call AS c
	WHERE help.word IS NULL
		OR strpos(lower(c.proname), lower(help.word)) > 0
		OR strpos(lower(c.comment), lower(help.word)) > 0
	ORDER BY c.ordinal;
END
$$;

COMMENT ON FUNCTION parindex.help(text) IS
'The functions, aggregates, window functions and procedures of parindex that users call, a row each, with the first sentence of its comment: all of them, or those with the word, in any case, in their name or comment. They come by room, which is the subject, in the order of the reference. What only supports others, such as the transition function of an aggregate, is left out. A result of several columns reads TABLE(...) where there may be many rows and record(...) where there is one; NULL for a procedure.';
