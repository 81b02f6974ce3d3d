-- Aggregates from hostile hands: any role may build one on the transition,
-- inverse and combine functions, which then meet states and arguments that
-- their own aggregates never hand them. They give a value, NULL or an error;
-- the server survives.
SET client_min_messages = warning;
CREATE SCHEMA test_hostile_aggregates;
SET search_path = test_hostile_aggregates;

-- Plain arguments, by type.
CREATE TABLE plain (type regtype, argument text);
INSERT INTO plain VALUES
	('int', '2'), ('bigint', '7'), ('float8', '1.5'), ('numeric', '1.50'), ('text', 'b'),
	('boolean', 'true'), ('float8[]', '{1.5,2}'),
	('parindex.framework', 'a {b, c}'),
	('parindex.weighted_sums', 'v1 n=1 w=0x1p0 wx=0x3p-1'),
	('parindex.weighted_moments', 'v1 n=1 w=0x1p0 ww=0x1p0 wx=0x3p-1 wxx=0x9p-2'),
	('parindex.score_stats', 'v1 n=1 wx=0x3p-1 wxx=0x9p-2 min=1.5 max=1.5'),
	('parindex.decimal_stats', 'v1 n=1 w=1 w_rows=1 wx=1.50 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('parindex.score_counts', 'v1 digits 2 {1.50: 2}'),
	('parindex.score_list', 'v1 top 2 text float8 {"b": 1.5}'),
	('parindex.survey_stats', 'v1 n=1 variables=1 yy=[0x9p-2] {"b"/"b": 0x1p0 0x3p-1}'),
	('parindex.survey_quantile_stats', 'v1 n=1 {"b"/"b" 2.5: 0x1p0 0x1p0}'),
	('parindex.survey_cov_stats', 'v1 n=1 variables=2 yy=[0x9p-2 0x3p0 0x1p2] {7/7: 0x1p0 0x3p-1 0x1p1}'),
	('parindex.survey_design', 'v1 {7: 7 of 7}');
INSERT INTO plain
SELECT pg_typeof(scores), scores::text
FROM (SELECT parindex.index_scores_agg('a {b, c}', 'b', 1.5) AS scores) AS s;
INSERT INTO plain
SELECT pg_typeof(points), points::text
FROM (SELECT parindex.index_points_agg('a {b, c}', 'b', 1.5) AS points) AS s;

-- The functions whose state a role may name; only superusers may say internal.
CREATE TABLE victim AS
SELECT oid::regproc AS name, prorettype::regtype AS state,
	ARRAY(SELECT unnest(proargtypes[1:]::regtype[])) AS arguments,
	row_number() OVER (ORDER BY proname, oid)::int AS number
FROM pg_proc
WHERE pronamespace = 'parindex'::regnamespace
	AND proname ~ '_(add|remove|merge|unmerge)$'
	AND prorettype <> 'internal'::regtype;
SELECT DISTINCT unnest(arguments) AS without_argument FROM victim
EXCEPT SELECT type FROM plain;

CREATE FUNCTION attack(victim victim) RETURNS TABLE (attempt text, outcome text) LANGUAGE plpgsql AS $$
DECLARE
	-- states to start from: none, and one that does not hold what leaves
	start text;
	plain_arguments text;
	null_arguments text;
	types text;
	call text;
BEGIN
	SELECT string_agg(format('%L::%s', p.argument, a.type), ', ' ORDER BY a.place),
		string_agg(format('NULL::%s', a.type), ', ' ORDER BY a.place),
		string_agg(a.type::text, ', ' ORDER BY a.place)
	INTO plain_arguments, null_arguments, types
	FROM unnest(victim.arguments) WITH ORDINALITY AS a (type, place)
	JOIN plain AS p ON p.type = a.type;

	FOREACH start IN ARRAY ARRAY['',
		(SELECT format(', INITCOND = %L', argument) FROM plain WHERE type = victim.state)]
	LOOP
		EXECUTE format('CREATE AGGREGATE hostile_%s (%s) (SFUNC = %s, STYPE = %s%s)',
			victim.number, types, victim.name, victim.state, start);
		FOREACH call IN ARRAY ARRAY[
			format('hostile_%s(%s)', victim.number, plain_arguments),
			format('hostile_%s(%s)', victim.number, null_arguments)]
		LOOP
			FOREACH attempt IN ARRAY ARRAY[
				format('SELECT (%s)::text', call),
				format('SELECT (%s)::text FROM generate_series(1, 3)', call),
				format('SELECT string_agg(s, '';'') FROM (SELECT (%s OVER (ORDER BY i ROWS 1 PRECEDING))::text FROM generate_series(1, 4) AS i) AS t (s)', call)]
			LOOP
				BEGIN
					EXECUTE attempt INTO outcome;
				EXCEPTION WHEN OTHERS THEN
					outcome := SQLSTATE;
				END;
				RETURN NEXT;
			END LOOP;
		END LOOP;
		EXECUTE format('DROP AGGREGATE hostile_%s (%s)', victim.number, types);
	END LOOP;
END $$;

SELECT count(DISTINCT v.number) > 25 AS many_functions, count(*) > 300 AS many_attempts,
	count(*) FILTER (WHERE outcome ~ '^XX') AS internal_errors,
	bool_or(outcome IS NULL) AND bool_or(outcome ~ '^v1 ') AND bool_or(outcome ~ '^[0-9A-Z]{5}$') AS all_kinds_of_outcome
FROM victim AS v, attack(v) AS a;

-- Called by hand, none of them works: each changes its first argument.
CREATE FUNCTION call(victim victim) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT %s(NULL::%s%s)', victim.name, victim.state,
		(SELECT string_agg(format(', NULL::%s', type), '') FROM unnest(victim.arguments) AS type));
	RETURN 'called';
EXCEPTION WHEN feature_not_supported THEN
	RETURN 'refused';
END $$;
SELECT call(v), count(*) > 25 AS all FROM victim AS v GROUP BY 1;
