-- help(word): what there is to call, by room.
SET search_path = parindex, public;
SET client_min_messages = warning;

SELECT room, name, kind, result, summary
FROM help('version')
WHERE room = 'base';

SELECT name, arguments, kind, result FROM help('schema') WHERE kind = 'procedure';

-- One word finds all overloads, in any case, by name or by comment.
SELECT name, arguments FROM help('LEAGUE_table') WHERE name = 'league_table';
SELECT name FROM help('CRONBACH') ORDER BY name;
SELECT count(*) FROM help('no such word');

-- Columns of a result are not arguments, whichever way they are declared.
SELECT name, arguments, result FROM help() WHERE name IN ('matrix_codes', 'matrix_units', 'score_list_rows', 'svy_mean');
SELECT count(*) FROM help() WHERE arguments ~ '\mOUT ' OR result ~ '(SETOF |^)record$';

CREATE TEMP TABLE shown AS
SELECT p.oid, h.*
FROM help() WITH ORDINALITY AS h
JOIN pg_proc AS p ON p.pronamespace = 'parindex'::regnamespace
	AND p.proname = h.name AND regexp_replace(pg_get_function_arguments(p.oid), '(^|, )OUT .*', '') = h.arguments;

SELECT (SELECT count(*) FROM shown) = (SELECT count(*) FROM help()) AS each_is_one_function,
	   (SELECT count(DISTINCT oid) FROM shown) = (SELECT count(*) FROM help()) AS none_is_shown_twice,
	   bool_and(obj_description(oid, 'pg_proc') LIKE rtrim(summary, '.') || '%' AND summary LIKE '%.') AS summaries_open_comments
FROM shown;

SELECT room, count(DISTINCT kind) AS kinds
FROM shown
GROUP BY room
ORDER BY min(ordinality);

-- A word leaves out what does not have it, and nothing else.
SELECT word,
	   (SELECT array_agg(name || arguments) FROM help(word))
		= (SELECT array_agg(name || arguments ORDER BY ordinality)
		   FROM shown
		   WHERE name || ' ' || obj_description(oid, 'pg_proc') ILIKE '%' || word || '%') AS right_rows
FROM unnest(ARRAY['rank', 'Weight', 'NULL', 'matrix']) AS word;

-- Functions for support are not for users: neither input nor transition, nor
-- comparison. A final function is, where it reads what users have.
SELECT rooms.member,
	   EXISTS (SELECT FROM shown WHERE oid = to_regprocedure(rooms.member)) AS is_shown
FROM rooms()
WHERE rooms.member IN ('parindex.framework_in(cstring)', 'parindex.framework_eq(parindex.framework, parindex.framework)',
					   'parindex.survey_stats_merge(parindex.survey_stats, parindex.survey_stats)',
					   'parindex.survey_stats_final(parindex.survey_stats)', 'parindex.mean(parindex.decimal_stats)',
					   'parindex.mean(parindex.score_stats)', 'parindex.weighted_mean_final(parindex.weighted_sums)',
					   'parindex.rooms()', 'parindex.enter_schema(regtype)', 'parindex.create_schema(text)');

-- No privilege is needed, and nobody's search_path or tables change it.
CREATE ROLE regress_parindex_reader;
CREATE FUNCTION public.obj_description(oid, name) RETURNS text LANGUAGE sql AS $$ SELECT 'planted' $$;
SET ROLE regress_parindex_reader;
SET search_path = public, pg_catalog;
SELECT count(*) = (SELECT count(*) FROM parindex.rooms() WHERE room = 'weights') AS as_any_role
FROM parindex.help()
WHERE room = 'weights' AND summary <> 'planted';
RESET ROLE;
DROP FUNCTION public.obj_description(oid, name);
DROP ROLE regress_parindex_reader;
