-- Type scoring_rule and apply_rule(): text and binary form, what is refused,
-- and points by each kind, worked out by hand.
SET search_path = parindex, public;
SET client_min_messages = warning;

-- The text form is canonical: free in white space, case and order of clauses.
CREATE TEMP TABLE sample (id int GENERATED ALWAYS AS IDENTITY, given text);
INSERT INTO sample (given) VALUES
	('points'),
	('POINTS Max 5.00'),
	(E' points,\n max: 5 , if none full'),
	('no: 0, yes: 1.50'),
	('yes 0 no 2'),
	('ratio, max 10'),
	('ratio max 10 to 100% from 50%'),
	('ratio from 0.3 to 0, max 2, if none: zero'),
	('>0.9: 2, >=0.7: 1, else 0'),
	('STEPS >90%: 2, >=70%: 1, ELSE 0'),
	('steps > 0.9 : 2 , >= 0.9 : 1.5 , >= .7 : 1 , else : -1 , if none : null'),
	('steps <=3: 2, <10: 1, else 0'),
	('steps <-1e1: 2, <=-10: 1, <+1.5E2: 0.5, else 0'),
	('steps >1e-3: 1, else 0, if none: error'),
	('10 less 0.5 per occurrence'),
	('10 LESS 0.5 PER OCCURRENCE at least 2'),
	('0 less 1 per occurrence, at least -5'),
	('bonus 0.5 per occurrence, at most 2'),
	('bonus at most 2'),
	('penalty 0.25 per occurrence at most 1'),
	('penalty, at most 3'),
	('minmax max 10'),
	('minmax, lower is better, max 10'),
	('zscore'),
	('rank lower is better'),
	('percentile max 4'),
	('distance to target 90 max 2'),
	('distance to target 0, from 30, max 2, if none: full'),
	('distance to target 5 max 2 lower is better'),
	('distance to maximum max 3'),
	('distance to unit "Sở Nội vụ ""A""" max 10'),
	('goalposts from 20 to 85 max 1'),
	('log goalposts from 75000 to 100 max 1');

SELECT id, given::scoring_rule AS rule, rule_kind(given::scoring_rule),
	rule_max_points(given::scoring_rule)
FROM sample ORDER BY id;

-- Which of them compare peers, each under its id.
SELECT array_agg(id ORDER BY id) FILTER (WHERE rule_is_relative(given::scoring_rule)) AS relative,
	rule_is_relative(NULL) AS of_none
FROM sample;

-- Out and in again, the same rule; so is what was sent and received.
CREATE TEMP TABLE kept AS SELECT id, given::scoring_rule AS rule FROM sample;
SELECT current_setting('data_directory') || '/parindex_rules.bin' AS file \gset
COPY kept TO :'file' (FORMAT binary);
CREATE TEMP TABLE received (id int, rule scoring_rule);
COPY received FROM :'file' (FORMAT binary);
SELECT count(*) AS rules,
	bool_and(kept.rule::text::scoring_rule = kept.rule) AS text_round_trip,
	bool_and(kept.rule::text::scoring_rule::text = kept.rule::text) AS text_is_canonical,
	bool_and(received.rule = kept.rule) AS binary_round_trip,
	bool_and(scoring_rule_send(received.rule) = scoring_rule_send(kept.rule)) AS same_bytes
FROM kept JOIN received USING (id);

-- Equality, order and hashing agree.
SELECT 'steps >0.90: 2.0, else 0'::scoring_rule = '>90%: 2, else 0' AS equal,
	'steps >0.9: 2, else 0'::scoring_rule <> 'steps >=0.9: 2, else 0' AS strictness_matters,
	'minmax max 1'::scoring_rule = 'minmax max 1 lower is better' AS direction_matters;
SELECT
	(SELECT count(DISTINCT rule) FROM kept) AS by_order,
	(SELECT count(*) FROM (SELECT rule::text::scoring_rule FROM kept UNION SELECT rule FROM kept) AS u) AS by_hash,
	bool_and((a.rule = b.rule) = (a.id = b.id OR a.rule::text = b.rule::text)) AS equality,
	bool_and((a.rule < b.rule) = (b.rule > a.rule) AND (a.rule <= b.rule) <> (a.rule > b.rule)
		AND (a.rule >= b.rule) = (scoring_rule_cmp(a.rule, b.rule) >= 0)) AS order,
	bool_and(a.rule <> b.rule
		OR (scoring_rule_hash(a.rule) = scoring_rule_hash(b.rule)
			AND scoring_rule_hash_extended(a.rule, 7) = scoring_rule_hash_extended(b.rule, 7))) AS hashes
FROM kept AS a, kept AS b;

-- What is refused when a rule is made.
CREATE FUNCTION pg_temp.outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
	hint text;
BEGIN
	EXECUTE query INTO detail;
	RETURN coalesce(detail, 'NULL');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(E'\n    ', SQLSTATE || ' ' || SQLERRM, nullif(detail, ''), nullif(hint, ''));
END $$;

\pset format unaligned
\pset tuples_only on
SELECT E'\n' || given || E'\n  ' || pg_temp.outcome(format('SELECT %L::parindex.scoring_rule', given))
FROM unnest(ARRAY[
	-- steps that overlap, repeat, are never reached or run both ways
	'>=0.7: 1, >0.9: 2, else 0',
	'>0.9: 2, >0.9: 1, else 0',
	'>0.9: 2, >90%: 1, else 0',
	'>=0.9: 2, >0.9: 1, else 0',
	'<10: 1, <=3: 2, else 0',
	'<=3: 2, <3: 1, else 0',
	'>0.9: 2, <0.5: 1, else 0',
	-- clauses missing, foreign or doubled
	'>0.9: 2, >=0.7: 1',
	'ratio',
	'goalposts from 1 max 2',
	'yes: 1',
	'bonus 1 per occurrence',
	'ratio max 10, at most 3',
	'zscore, max 3',
	'minmax max 3, if none: full',
	'ratio from 0 to 1, lower is better, max 3',
	'points max 3, max 3',
	'minmax max 3, lower is better, lower is better',
	'ratio max 3, if none: full, if none: full',
	-- numbers that make no sense
	'ratio from 0.5 to 50%, max 10',
	'ratio max 0',
	'goalposts from 0 to 10 max -1',
	'log goalposts from 0 to 10, max 1',
	'log goalposts from 10 to -1, max 1',
	'10 less 0 per occurrence',
	'10 less 1 per occurrence, at least 10',
	'bonus -1 per occurrence, at most 2',
	'penalty at most -2',
	'yes: 1, no: 1.0',
	'distance to target 5 from 5 max 1',
	'distance to target 5 from 3 max 1 lower is better',
	'distance to unit "" max 1',
	'points, if none: full',
	'points max NaN',
	'points max 1e30',
	'points max 1e-31',
	'points max 1e999999999',
	'points max ' || repeat('1', 101),
	-- no rule at all
	'',
	'   ',
	'scores',
	'pointsmax 5',
	'points max',
	'points max 5,',
	'points,, max 5',
	'points max 5 6',
	'points max 5x',
	'points max 1.2.3',
	'points max .',
	'points max 1e',
	'lower is better',
	'points max --5',
	'steps else 0',
	'steps >0,9: 2, else 0',
	'steps >0.9 2, else 0',
	'steps >0.9: 2; else 0',
	'steps => 0.9: 2, else 0',
	'ratio max 10, if none: maybe',
	'10 less 0.5',
	'distance to unit "Sở Nội vụ',
	'distance to unit Hà Nội',
	'điểm tối đa 10',
	'ratio max 10, nếu không phát sinh: đủ điểm'
]) AS given;
SELECT E'\nlong texts';
SELECT pg_temp.outcome(format('SELECT rule_max_points(%L)', 'steps ' || string_agg(format('>=%s: %s', -i, i), ', ') || ', else 0'))
FROM generate_series(1, 1000) AS i;
SELECT pg_temp.outcome(format('SELECT rule_max_points(%L)', 'steps ' || string_agg(format('>=%s: %s', -i, i), ', ') || ', else 0'))
FROM generate_series(1, 1001) AS i;
SELECT pg_temp.outcome(format('SELECT rule_max_points(%L)', repeat(' ', 262144) || 'points'));
SELECT pg_temp.outcome(format('SELECT (%L::scoring_rule)::text', 'distance to unit "' || repeat('ộ', 334) || '" max 1'));
-- the longest canonical text reads back
SELECT length(rule::text) AS characters, rule::text::scoring_rule = rule AS same
FROM (
	SELECT ('steps ' || string_agg(
		format('>=%s.%s: -%s.%s', 999999999999999999999999999999 - i, repeat('9', 30), repeat('9', 30), repeat('9', 30)), ', ')
		|| ', else 0')::scoring_rule AS rule
	FROM generate_series(1, 1000) AS i
) AS longest;
\pset format aligned
\pset tuples_only off

-- Hostile binary: another version, text that is no rule, invalid bytes.
CREATE FUNCTION pg_temp.receive(message bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	-- binary COPY: signature, flags, header; one row of one field; trailer
	file bytea := '\x5047434f50590aff0d0a000000000000000000'::bytea || '\x0001'
		|| int4send(length(message)) || message || '\xffff';
	large oid := lo_from_bytea(0, file);
BEGIN
	PERFORM lo_export(large, current_setting('data_directory') || '/parindex_rule.bin');
	PERFORM lo_unlink(large);
	DELETE FROM arrived;
	EXECUTE format('COPY arrived FROM %L (FORMAT binary)', current_setting('data_directory') || '/parindex_rule.bin');
	RETURN (SELECT rule FROM arrived);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE TEMP TABLE arrived (rule scoring_rule);
SELECT name, pg_temp.receive(message) AS outcome
FROM (VALUES
	('good', '\x01'::bytea || convert_to('>0.9: 2, else 0', 'UTF8')),
	('empty', ''),
	('version 0', '\x00'::bytea || convert_to('points', 'UTF8')),
	('version 2', '\x02'::bytea || convert_to('points', 'UTF8')),
	('no text', '\x01'),
	('zero byte', '\x01'::bytea || convert_to('points', 'UTF8') || '\x00'),
	('invalid UTF-8', '\x01'::bytea || convert_to('distance to unit "', 'UTF8') || '\xc3' || convert_to('" max 1', 'UTF8')),
	('unreachable', '\x01'::bytea || convert_to('>0.7: 2, >0.9: 3, else 0', 'UTF8'))
) AS m (name, message);

-- Text changed at random is refused, or is a rule that comes back as itself.
CREATE FUNCTION pg_temp.mutated(given text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	at int := 1 + floor(random() * length(given));
	scraps text[] := ARRAY['', ' ', ',', ':', '>', '<', '=', '"', '%', '-', '.', '0', '9', 'e', 'max ', 'from ', 'else ',
		'if none: full', 'lower is better', '1e9', 'ộ', E'\n'];
BEGIN
	RETURN overlay(given
		PLACING scraps[1 + floor(random() * array_length(scraps, 1))::int]
		FROM at FOR floor(random() * 3)::int);
END $$;

CREATE FUNCTION pg_temp.text_outcome(given text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	rule scoring_rule;
BEGIN
	rule := given::scoring_rule;
	IF rule::text::scoring_rule <> rule OR rule::text::scoring_rule::text <> rule::text THEN
		RETURN 'changed: ' || given;
	END IF;
	RETURN 'accepted';
EXCEPTION
	WHEN invalid_text_representation OR invalid_parameter_value OR program_limit_exceeded
		OR numeric_value_out_of_range THEN
		RETURN 'refused';
END $$;

SELECT setseed(0.2604) IS NOT NULL AS seed;
SELECT outcome, count(*) > 100 AS many
FROM (
	SELECT pg_temp.text_outcome(pg_temp.mutated(
		CASE WHEN i % 2 = 0 THEN rule::text ELSE pg_temp.mutated(rule::text) END)) AS outcome
	FROM kept, generate_series(1, 300) AS i
) AS fuzz
GROUP BY outcome ORDER BY outcome;

-- Direct points: given back as they are; beyond the maximum, an error.
SELECT apply_rule('points', 3.50) AS given, apply_rule('points max 5', 5) AS most,
	apply_rule('points', -2) AS without_max, apply_rule('points max 5', 3, 4) AS three_quarters;
SELECT apply_rule('points max 5', 5.01);
SELECT apply_rule('points max 5', -0.5);
SELECT apply_rule('points max 5', 21, 4);

-- Yes and no.
SELECT apply_rule('yes: 1, no: 0', true) AS yes, apply_rule('yes: 1, no: 0.25', false) AS no,
	apply_rule('yes: 0, no: 2', 1) AS one, apply_rule('yes: 0, no: 2', 0.0) AS zero;
SELECT apply_rule('yes: 1, no: 0', 2);
SELECT apply_rule('ratio max 1', true);

-- Ratio with floor and cap; the cap may lie below the floor.
SELECT value, apply_rule('ratio from 0.5 to 1, max 10', value) AS rising,
	apply_rule('ratio from 0.3 to 0.1, max 2', value) AS falling
FROM unnest(ARRAY[-1, 0, 0.1, 0.15, 0.3, 0.5, 0.8, 0.955, 1, 7]) AS value;
SELECT done, planned, apply_rule('ratio max 10', done, planned) AS points
FROM (VALUES (46, 46), (45, 46), (1, 3), (2, 3), (0, 46), (50, 46), (7, 8), (0.3, 0.1)) AS v (done, planned);
-- divided once: max * (n - floor * d) / ((cap - floor) * d)
SELECT bool_and(apply_rule('ratio from 0.6 to 0.9, max 7', n, d)
	= CASE WHEN n <= 0.6 * d THEN 0 WHEN n >= 0.9 * d THEN 7 ELSE 7 * (n - 0.6 * d) / (0.3 * d) END) AS once
FROM generate_series(0, 40) AS n, generate_series(1, 40) AS d;

-- Steps, strict and inclusive, exactly at their bounds.
SELECT value, apply_rule('>0.9: 2, >=0.7: 1, else 0', value) AS falling,
	apply_rule('<0.7: 0, <=0.9: 1, else 2', value) AS rising,
	apply_rule('>0.9: 2, >=0.9: 1, else 0', value) AS at_one_bound
FROM unnest(ARRAY[1, 0.9000000000000000001, 0.90, 0.9, 0.8999999999999999999, 0.7, 0.70,
	0.6999999999999999999, 0, -5]) AS value;
SELECT apply_rule('>0.9: 2, >=0.7: 1, else 0', 0.9::float8) AS float8_at_bound,
	apply_rule('>0.3: 2, else 0', 0.1::float8 + 0.2::float8) AS float8_above,
	apply_rule('>=0.1: 2, else 0', 0.1::float8) AS float8_tenth;
SELECT apply_rule('>=0.66666666666666666666: 1, else 0', 2, 3) AS above,
	apply_rule('>=0.66666666666666666667: 1, else 0', 2, 3) AS below,
	apply_rule('>=0.6667: 1, else 0', 2, 3) AS below_4,
	apply_rule('>=0.6666: 1, else 0', 2, 3) AS above_4,
	apply_rule('>=70%: 1, else 0', 7, 10) AS at,
	apply_rule('>70%: 1, else 0', 7, 10) AS not_above;
SELECT apply_rule('>=9007199254740993: 1, else 0', 9007199254740993) AS bigint_at,
	apply_rule('>=9007199254740993: 1, else 0', 9007199254740992) AS bigint_below,
	apply_rule('>=1: 1, else 0', 9007199254740992, 9007199254740993) AS bigint_quotient_below,
	apply_rule('>=1: 1, else 0', 0.1::float8, 0.1::float8) AS float8_quotient;
-- the first step met counts, however many there are
SELECT bool_and(apply_rule(rule::scoring_rule, x / 3.0)
	= (SELECT min(i) FROM generate_series(0, 1000) AS i WHERE x / 3.0 >= 1000 - i)) AS first_met
FROM generate_series(0, 3100) AS x,
	(SELECT 'steps ' || string_agg(format('>=%s: %s', 1000 - i, i), ', ' ORDER BY i) || ', else 1000'
	 FROM generate_series(0, 999) AS i) AS s (rule);

-- Deductions, bonuses and penalties end where they must.
SELECT n, apply_rule('10 less 0.5 per occurrence', n) AS deduction,
	apply_rule('10 less 0.5 per occurrence, at least 8', n) AS floored,
	apply_rule('0 less 0.75 per occurrence, at least -3', n) AS below_zero,
	apply_rule('bonus 0.5 per occurrence, at most 2', n) AS bonus,
	apply_rule('penalty 0.5 per occurrence, at most 2', n) AS penalty,
	apply_rule('bonus at most 2', n) AS bonus_given,
	apply_rule('penalty at most 2', n) AS penalty_given
FROM unnest(ARRAY[0, 1, 3, 4, 5, 20, 21, 1000000]) AS n;
SELECT apply_rule('bonus at most 2', 0.75) AS bonus, apply_rule('penalty at most 2', 1.25) AS penalty;
SELECT apply_rule('10 less 0.5 per occurrence', -1);
SELECT apply_rule('penalty at most 2', -1);
SELECT apply_rule('10 less 0.5 per occurrence', 1.5);
SELECT apply_rule('10 less 0.5 per occurrence', 1, 2);

-- Goalposts and targets.
SELECT apply_rule('goalposts from 20 to 85, max 1', 73.4) AS life_expectancy,
	apply_rule('log goalposts from 100 to 75000, max 1', 100) AS lowest,
	apply_rule('log goalposts from 100 to 10000, max 1', 1000) AS halfway,
	apply_rule('log goalposts from 10000 to 100, max 10', 1000) AS falling,
	apply_rule('log goalposts from 100 to 75000, max 1', 80000) AS above;
SELECT x, points,
	abs(points - (ln(x::numeric(60, 40)) - ln(100::numeric(60, 40))) / (ln(75000::numeric(60, 40)) - ln(100::numeric(60, 40))))
		<= 0.5e-16 AS rounded_once,
	points = apply_rule('log goalposts from 100 to 75000, max 1', x * 7, 7) AS as_quotient
FROM (
	SELECT x, apply_rule('log goalposts from 100 to 75000, max 1', x) AS points
	FROM unnest(ARRAY[100.01, 137, 5000, 10616, 74999.99]) AS x
) AS income;
SELECT apply_rule('log goalposts from 100 to 75000, max 1', 0);
SELECT value, apply_rule('distance to target 90 from 10, max 4', value) AS rising,
	apply_rule('distance to target 10 from 90, max 4', value) AS falling
FROM unnest(ARRAY[0, 10, 30, 90, 95]) AS value;

-- Nothing arose: 0 of 0.
SELECT apply_rule('ratio from 0.5 to 1, max 10, if none: full', 0, 0) AS "full",
	apply_rule('ratio max 10, if none: zero', 0, 0) AS zero,
	apply_rule('ratio max 10, if none: null', 0, 0) AS "null",
	apply_rule('>0.9: 2, >=0.7: 3, else 0, if none: full', 0, 0) AS steps,
	apply_rule('ratio max 10, if none: full', count(*), count(*)) AS counted
FROM pg_class WHERE false;
SELECT apply_rule('ratio max 10', 0, 0);
SELECT apply_rule('ratio max 10, if none: full', 3, 0);
SELECT apply_rule('ratio max 10, if none: full', 3, -1);

-- Among peers. Sample standard deviation of 1 2 3 6: sqrt(14 / 3).
SELECT x,
	apply_rule('minmax max 10', x, field) AS minmax,
	apply_rule('minmax max 10, lower is better', x, field) AS minmax_lower,
	apply_rule('distance to maximum, max 1', x, field) AS to_maximum,
	apply_rule('zscore', x, field) AS zscore,
	apply_rule('zscore, lower is better', x, field) AS zscore_lower,
	apply_rule('rank', x, field) AS rank,
	apply_rule('rank, lower is better', x, field) AS rank_lower,
	apply_rule('percentile max 3', x, field) AS percentile,
	apply_rule('percentile max 3, lower is better', x, field) AS percentile_lower,
	apply_rule('distance to target 11, max 5', x, field) AS target,
	apply_rule('distance to target -4, max 5, lower is better', x, field) AS target_lower,
	apply_rule('distance to target 1, max 5', x, field) AS target_met
FROM unnest(ARRAY[0, 1, 2, 2.5, 3, 6, 7]) AS x, (SELECT ARRAY[3, NULL, 1, 6, 2.0]) AS f (field);
SELECT x, apply_rule('rank', x, field) AS rank, apply_rule('percentile max 4', x, field) AS percentile,
	apply_rule('rank, lower is better', x, field) AS rank_lower
FROM unnest(ARRAY[1, 2, 3]) AS x, (SELECT ARRAY[1, 2, 2, 2, 3]::numeric[]) AS f (field);
SELECT bool_and(apply_rule(rule::scoring_rule, x, ARRAY[0.1, 0.25, 7, 3]::float8[])
	= apply_rule(rule::scoring_rule, x::numeric, ARRAY[0.1, 0.25, 7, 3])) AS float8_agrees
FROM unnest(ARRAY['minmax max 3', 'zscore', 'rank', 'percentile max 2']) AS rule,
	unnest(ARRAY[0.1, 0.3, 7]::float8[]) AS x;
-- z^2 over n - 1 of a set is 1 on average
SELECT abs(sum(z * z) - (count(*) - 1)) < 1e-12 AS unit_variance, abs(sum(z)) < 1e-12 AS centred
FROM (
	SELECT apply_rule('zscore', x, array_agg(x) OVER ()) AS z
	FROM generate_series(1, 200) AS i, LATERAL (SELECT i * 37 % 101 + i / 8.0) AS v (x)
) AS scores;
-- one set after another in the same expression
SELECT g, string_agg(apply_rule('minmax max 1', x, field)::text, ' ' ORDER BY x) AS points
FROM (
	SELECT i % 3 AS g, i::numeric AS x, array_agg(i::numeric) OVER (PARTITION BY i % 3) AS field
	FROM generate_series(1, 9) AS i
) AS grouped
GROUP BY g ORDER BY g;

-- A set that gives no scale gives NULL.
SELECT field, apply_rule('minmax max 1', 1, field) AS minmax, apply_rule('zscore', 1, field) AS zscore,
	apply_rule('percentile max 1', 1, field) AS percentile, apply_rule('rank', 1, field) AS rank,
	apply_rule('distance to maximum max 1', 1, field) AS to_maximum,
	apply_rule('distance to target 2 max 1', 1.5, field) AS target
FROM unnest(ARRAY['{}', '{NULL}', '{1}', '{1,1}']::text[]) AS t (list), LATERAL (SELECT list::numeric[]) AS f (field);

-- Rules without peers take a set and do not look at it; others need one.
SELECT apply_rule('>0.9: 2, else 0', 0.95, ARRAY[1, 2, 3]) AS points;
SELECT apply_rule('minmax max 1', 3);
SELECT apply_rule('distance to target 5 max 1', 3);
SELECT apply_rule('distance to target 5 max 1', 3, 4);
SELECT apply_rule('distance to unit "Hà Nội" max 1', 3, ARRAY[1, 2, 3]);

-- NULL is missing; NaN and infinity are not values.
SELECT apply_rule('points', NULL::numeric) IS NULL AND apply_rule('ratio max 1', NULL::numeric, 1.0) IS NULL
	AND apply_rule('ratio max 1', 1.0, NULL::numeric) IS NULL AND apply_rule(NULL, 1) IS NULL
	AND apply_rule('yes: 1, no: 0', NULL::boolean) IS NULL
	AND apply_rule('rank', NULL::numeric, ARRAY[1.0]) IS NULL AND apply_rule('rank', 1.0, NULL::numeric[]) IS NULL AS all_null;
SELECT apply_rule('points', 'NaN'::numeric);
SELECT apply_rule('points', '-Infinity'::float8);
SELECT apply_rule('ratio max 1', 1, 'Infinity'::numeric);
SELECT apply_rule('rank', 1, ARRAY[1, 'NaN'::numeric]);
SELECT apply_rule('rank', 1::float8, ARRAY[1, 'Infinity'::float8]);

-- Rules kept as text in a table, one per criterion, and long ones compressed.
CREATE TEMP TABLE criterion (code text PRIMARY KEY, name text, rule text);
INSERT INTO criterion VALUES
	('1.1', 'Tỷ lệ nhiệm vụ hoàn thành', '>0.9: 2, >=0.7: 1, else 0'),
	('1.2', 'Số lần báo cáo chậm', '1 less 0.25 per occurrence'),
	('1.3', 'Hồ sơ trả đúng hạn', 'ratio from 0.8 to 1, max 3');
SELECT c.code, c.name, v.value, apply_rule(c.rule::scoring_rule, v.value) AS points,
	rule_max_points(c.rule::scoring_rule) AS max
FROM criterion AS c
JOIN (VALUES ('1.1', 0.9), ('1.2', 3), ('1.3', 0.95)) AS v (code, value) USING (code)
ORDER BY c.code;

CREATE TEMP TABLE long_rule AS
SELECT ('steps ' || string_agg(format('>=%s: %s', -i, i), ', ') || ', else 0')::scoring_rule AS rule
FROM generate_series(1, 1000) AS i;
SELECT pg_column_size(rule) < 30000 AS compressed, apply_rule(rule, -500.5) AS points FROM long_rule;

-- Many texts cast by one expression, coming again in turn.
SELECT bool_and(rule_max_points(format('points max %s', i % 1500 + 1)::scoring_rule) = i % 1500 + 1) AS each_its_own
FROM generate_series(1, 6000) AS i;
