-- Type scoring_rule and apply_rule(): text and binary form, what is refused,
-- and points by each kind, worked out by hand.
CREATE SCHEMA test_scoring_rule;
SET search_path = test_scoring_rule, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers
SET client_min_messages = warning;

-- The text form is canonical: free in white space, case and order of clauses.
CREATE TEMP TABLE sample (id int GENERATED ALWAYS AS IDENTITY, given text, canonical text, kind text, most numeric);
INSERT INTO sample (given, canonical, kind, most) VALUES
	('points', 'points', 'points', NULL),
	('POINTS Max 5.00', 'points, max 5', 'points', 5),
	(E' points,\n max: 5 , if none full', 'points, max 5, if none: full', 'points', 5),
	('no: 0, yes: 1.50', 'yes: 1.5, no: 0', 'yes_no', 1.5),
	('yes 0 no 2', 'yes: 0, no: 2', 'yes_no', 2),
	('ratio, max 10', 'ratio from 0 to 1, max 10', 'ratio', 10),
	('ratio max 10 to 100% from 50%', 'ratio from 0.5 to 1, max 10', 'ratio', 10),
	('ratio from 0.3 to 0, max 2, if none: zero', 'ratio from 0.3 to 0, max 2, if none: zero', 'ratio', 2),
	('>0.9: 2, >=0.7: 1, else 0', 'steps >0.9: 2, >=0.7: 1, else 0', 'steps', 2),
	('STEPS >90%: 2, >=70%: 1, ELSE 0', 'steps >0.9: 2, >=0.7: 1, else 0', 'steps', 2),
	('steps > 0.9 : 2 , >= 0.9 : 1.5 , >= .7 : 1 , else : -1 , if none : null', 'steps >0.9: 2, >=0.9: 1.5, >=0.7: 1, else -1, if none: null', 'steps', 2),
	('steps <=3: 2, <10: 1, else 0', 'steps <=3: 2, <10: 1, else 0', 'steps', 2),
	('steps <-1e1: 2, <=-10: 1, <+1.5E2: 0.5, else 0', 'steps <-10: 2, <=-10: 1, <150: 0.5, else 0', 'steps', 2),
	('steps >1e-3: 1, else 0, if none: error', 'steps >0.001: 1, else 0', 'steps', 1),
	('10 less 0.5 per occurrence', '10 less 0.5 per occurrence, at least 0', 'deduction', 10),
	('10 LESS 0.5 PER OCCURRENCE at least 2', '10 less 0.5 per occurrence, at least 2', 'deduction', 10),
	('0 less 1 per occurrence, at least -5', '0 less 1 per occurrence, at least -5', 'deduction', 0),
	('bonus 0.5 per occurrence, at most 2', 'bonus 0.5 per occurrence, at most 2', 'bonus', 2),
	('bonus at most 2', 'bonus at most 2', 'bonus', 2),
	('penalty 0.25 per occurrence at most 1', 'penalty 0.25 per occurrence, at most 1', 'penalty', 0),
	('penalty, at most 3', 'penalty at most 3', 'penalty', 0),
	('minmax max 10', 'minmax, max 10', 'minmax', 10),
	('minmax, lower is better, max 10', 'minmax, max 10, lower is better', 'minmax', 10),
	('zscore', 'zscore', 'zscore', NULL),
	('rank lower is better', 'rank, lower is better', 'rank', NULL),
	('percentile max 4', 'percentile, max 4', 'percentile', 4),
	('distance to target 90 max 2', 'distance to target 90, max 2', 'distance_to_target', 2),
	('distance to target 0, from 30, max 2, if none: full', 'distance to target 0 from 30, max 2, if none: full', 'distance_to_target', 2),
	('distance to target 5 max 2 lower is better', 'distance to target 5, max 2, lower is better', 'distance_to_target', 2),
	('distance to maximum max 3', 'distance to maximum, max 3', 'distance_to_maximum', 3),
	('distance to unit "Sở Nội vụ ""A""" max 10', 'distance to unit "Sở Nội vụ ""A""", max 10', 'distance_to_unit', 10),
	('goalposts from 20 to 85 max 1', 'goalposts from 20 to 85, max 1', 'goalposts', 1),
	('log goalposts from 75000 to 100 max 1', 'log goalposts from 75000 to 100, max 1', 'log_goalposts', 1);

SELECT given, rule, canonical, rule_kind(rule), kind, rule_max_points(rule), most
FROM sample, LATERAL (SELECT given::scoring_rule AS rule) AS r
WHERE (rule::text, rule_kind(rule), rule_max_points(rule)) IS DISTINCT FROM (canonical, kind, most)
ORDER BY id;

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
CREATE TEMP TABLE refused (given text, error text);
INSERT INTO refused VALUES
	-- steps that overlap, repeat, are never reached or run both ways
	('>=0.7: 1, >0.9: 2, else 0',
		'22023 step ">0.9: 2" can never be reached | Step ">=0.7: 1", which stands before it, takes all its values. | Write steps with > and >= from the highest bound down.'),
	('>0.9: 2, >0.9: 1, else 0',
		'22023 step ">0.9: 1" can never be reached | Step ">0.9: 2", which stands before it, takes all its values. | Write steps with > and >= from the highest bound down.'),
	('>0.9: 2, >90%: 1, else 0',
		'22023 step ">0.9: 1" can never be reached | Step ">0.9: 2", which stands before it, takes all its values. | Write steps with > and >= from the highest bound down.'),
	('>=0.9: 2, >0.9: 1, else 0',
		'22023 step ">0.9: 1" can never be reached | Step ">=0.9: 2", which stands before it, takes all its values. | Write steps with > and >= from the highest bound down.'),
	('<10: 1, <=3: 2, else 0',
		'22023 step "<=3: 2" can never be reached | Step "<10: 1", which stands before it, takes all its values. | Write steps with < and <= from the lowest bound up.'),
	('<=3: 2, <3: 1, else 0',
		'22023 step "<3: 1" can never be reached | Step "<=3: 2", which stands before it, takes all its values. | Write steps with < and <= from the lowest bound up.'),
	('>0.9: 2, <0.5: 1, else 0',
		'22023 steps ">0.9: 2" and "<0.5: 1" look in opposite directions | Write all steps with > and >=, from the highest bound down, or all with < and <=, from the lowest bound up.'),
	-- clauses missing, foreign or doubled
	('>0.9: 2, >=0.7: 1',
		'22P02 "else" is missing in a scoring rule of kind steps | Add "else" and a number.'),
	('ratio',
		'22P02 "max" is missing in a scoring rule of kind ratio | Add "max" and a number.'),
	('goalposts from 1 max 2',
		'22P02 "to" is missing in a scoring rule of kind goalposts | Add "to" and a number.'),
	('yes: 1',
		'22P02 "no" is missing in a scoring rule of kind yes_no | Add "no" and a number.'),
	('bonus 1 per occurrence',
		'22P02 "at most" is missing in a scoring rule of kind bonus | Add "at most" and a number.'),
	('ratio max 10, at most 3',
		'22P02 "at most" does not belong in a scoring rule of kind ratio | It takes "max", "from", "to", "below", "above", "if none", "if undue", "round".'),
	('zscore, max 3',
		'22P02 "max" does not belong in a scoring rule of kind zscore | It takes "lower is better", "round".'),
	('minmax max 3, if none: full',
		'22P02 "if none" does not belong in a scoring rule of kind minmax | It takes "max", "lower is better", "round".'),
	('ratio from 0 to 1, lower is better, max 3',
		'22P02 "lower is better" does not belong in a scoring rule of kind ratio | It takes "max", "from", "to", "below", "above", "if none", "if undue", "round".'),
	('points max 3, max 3',
		'22P02 "max" stands twice in a scoring rule | Leave one of them out.'),
	('minmax max 3, lower is better, lower is better',
		'22P02 "lower is better" stands twice in a scoring rule | Leave one of them out.'),
	('ratio max 3, if none: full, if none: full',
		'22P02 "if none" stands twice in a scoring rule | Leave one of them out.'),
	-- numbers that make no sense
	('ratio from 0.5 to 50%, max 10',
		'22023 the value that earns nothing and the one that earns all must differ, but both are 0.5 | To give all or nothing at one bound, write steps, as in "steps >=0.9: 1, else 0".'),
	('ratio max 0',
		'22023 maximum points must be above 0, not 0 | Where lower values are better, exchange "from" and "to", or add "lower is better".'),
	('goalposts from 0 to 10 max -1',
		'22023 maximum points must be above 0, not -1 | Where lower values are better, exchange "from" and "to", or add "lower is better".'),
	('log goalposts from 0 to 10, max 1',
		'22023 goalposts on a logarithmic scale must be above 0, not 0 | Use goalposts without "log", or start from a small positive value.'),
	('log goalposts from 10 to -1, max 1',
		'22023 goalposts on a logarithmic scale must be above 0, not -1 | Use goalposts without "log", or start from a small positive value.'),
	('10 less 0 per occurrence',
		'22023 points per occurrence must be above 0, not 0 | Kinds deduction and penalty take the points off by themselves.'),
	('10 less 1 per occurrence, at least 10',
		'22023 points after "at least" must be below those at the start, but are 10 | A deduction goes down from the points at the start.'),
	('bonus -1 per occurrence, at most 2',
		'22023 points per occurrence must be above 0, not -1 | Kinds deduction and penalty take the points off by themselves.'),
	('penalty at most -2',
		'22023 points after "at most" must be above 0, not -2 | A penalty takes points off by itself.'),
	('yes: 1, no: 1.0',
		'22023 yes and no must differ, but both give 1 | Give the points of each, as in "yes: 1, no: 0".'),
	('distance to target 5 from 5 max 1',
		'22023 the value that earns nothing and the one that earns all must differ, but both are 5 | To give all or nothing at one bound, write steps, as in "steps >=0.9: 1, else 0".'),
	('distance to target 5 from 3 max 1 lower is better',
		'22023 "lower is better" does not go with "from 3" | Where lower values are better, give a target below the value after "from".'),
	('distance to unit "" max 1',
		'22023 the name of a reference unit must have 1 to 1000 bytes | It has 0. | Write it as the unit stands in the score matrix.'),
	('points, if none: full',
		'22023 "if none: full" needs to know the maximum points | Add "max" and a number.'),
	('points max NaN',
		'22P02 invalid input syntax for type scoring_rule: "points max NaN" | Expected a number at character 12, not "NaN". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('points max 1e30',
		'54000 number "1e30" of a scoring rule has too many digits | At most 30 stand before the decimal point, and 30 after it. | Round it, or measure in another unit.'),
	('points max 1e-31',
		'54000 number "1e-31" of a scoring rule has too many digits | At most 30 stand before the decimal point, and 30 after it. | Round it, or measure in another unit.'),
	('points max 1e999999999',
		'22003 value overflows numeric format'),
	('points max ' || repeat('1', 101),
		'54000 number "111111111111111111111111111111111111111111111111111111111111..." of a scoring rule is too long | It is written in 101 characters, at most 100 are taken. | Round it.'),
	-- no rule at all
	('',
		'22P02 invalid input syntax for type scoring_rule: "" | Expected a kind of rule at character 1, not the end. | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('   ',
		'22P02 invalid input syntax for type scoring_rule: "   " | Expected a kind of rule at character 4, not the end. | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('scores',
		'22P02 invalid input syntax for type scoring_rule: "scores" | Expected a kind of rule at character 1, not "scores". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('pointsmax 5',
		'22P02 invalid input syntax for type scoring_rule: "pointsmax 5" | Expected a kind of rule at character 1, not "pointsmax 5". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('points max',
		'22P02 invalid input syntax for type scoring_rule: "points max" | Expected a number at character 11, not the end. | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('points max 5,',
		'22P02 invalid input syntax for type scoring_rule: "points max 5," | Expected a clause such as "max 10" or "if none: full" at character 14, not the end. | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('points,, max 5',
		'22P02 invalid input syntax for type scoring_rule: "points,, max 5" | Expected a clause such as "max 10" or "if none: full" at character 8, not ", max 5". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('points max 5 6',
		'22P02 invalid input syntax for type scoring_rule: "points max 5 6" | Expected a clause such as "max 10" or "if none: full" at character 14, not "6". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('points max 5x',
		'22P02 invalid input syntax for type scoring_rule: "points max 5x" | Expected the number to end at character 13, not "x". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('points max 1.2.3',
		'22P02 invalid input syntax for type scoring_rule: "points max 1.2.3" | Expected the number to end at character 15, not ".3". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('points max .',
		'22P02 invalid input syntax for type scoring_rule: "points max ." | Expected a number at character 12, not ".". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('points max 1e',
		'22P02 invalid input syntax for type scoring_rule: "points max 1e" | Expected an exponent at character 14, not the end. | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('lower is better',
		'22P02 invalid input syntax for type scoring_rule: "lower is better" | Expected a kind of rule at character 1, not "lower is better". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('points max --5',
		'22P02 invalid input syntax for type scoring_rule: "points max --5" | Expected a number at character 12, not "--5". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('steps else 0',
		'22P02 invalid input syntax for type scoring_rule: "steps else 0" | Expected a step such as ">=0.7: 1" at character 7, not "else 0". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('steps >0,9: 2, else 0',
		'22P02 invalid input syntax for type scoring_rule: "steps >0,9: 2, else 0" | Expected ":" and the points of the step at character 9, not ",9: 2, else 0". | Write numbers with a decimal point, as in 0.9.'),
	('steps >0.9 2, else 0',
		'22P02 invalid input syntax for type scoring_rule: "steps >0.9 2, else 0" | Expected ":" and the points of the step at character 12, not "2, else 0". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('steps >0.9: 2; else 0',
		'22P02 invalid input syntax for type scoring_rule: "steps >0.9: 2; else 0" | Expected a clause such as "max 10" or "if none: full" at character 14, not "; else 0". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('steps => 0.9: 2, else 0',
		'22P02 invalid input syntax for type scoring_rule: "steps => 0.9: 2, else 0" | Expected a step such as ">=0.7: 1" at character 7, not "=> 0.9: 2, else 0". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('ratio max 10, if none: maybe',
		'22P02 invalid input syntax for type scoring_rule: "ratio max 10, if none: maybe" | Expected full, zero, null or error at character 24, not "maybe". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('10 less 0.5',
		'22P02 invalid input syntax for type scoring_rule: "10 less 0.5" | Expected "per occurrence" at character 12, not the end. | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('distance to unit "Sở Nội vụ',
		'22P02 invalid input syntax for type scoring_rule: "distance to unit "Sở Nội vụ" | Expected a closing double quote at character 28, not the end. | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('distance to unit Hà Nội',
		'22P02 invalid input syntax for type scoring_rule: "distance to unit Hà Nội" | Expected the name of a unit in double quotes at character 18, not "Hà Nội". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('điểm tối đa 10',
		'22P02 invalid input syntax for type scoring_rule: "điểm tối đa 10" | Expected a kind of rule at character 1, not "điểm tối đa 10". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".'),
	('ratio max 10, nếu không phát sinh: đủ điểm',
		'22P02 invalid input syntax for type scoring_rule: "ratio max 10, nếu không phát sinh: đủ điểm" | Expected a clause such as "max 10" or "if none: full" at character 15, not "nếu không phát sinh: đủ điểm". | A rule reads like "ratio from 0 to 1, max 10" or "steps >0.9: 2, >=0.7: 1, else 0".');
SELECT given, error, error_of(format('SELECT %L::scoring_rule', given))
FROM refused
WHERE error <> error_of(format('SELECT %L::scoring_rule', given));

-- Long texts
SELECT error_of(format('SELECT rule_max_points(%L)', 'steps ' || string_agg(format('>=%s: %s', -i, i), ', ') || ', else 0'))
FROM generate_series(1, 1000) AS i;
SELECT error_of(format('SELECT rule_max_points(%L)', 'steps ' || string_agg(format('>=%s: %s', -i, i), ', ') || ', else 0'))
FROM generate_series(1, 1001) AS i;
SELECT error_of(format('SELECT rule_max_points(%L)', repeat(' ', 262144) || 'points'));
SELECT error_of(format('SELECT (%L::scoring_rule)::text', 'distance to unit "' || repeat('ộ', 334) || '" max 1'));
-- the longest canonical text reads back
SELECT length(rule::text) AS characters, rule::text::scoring_rule = rule AS same
FROM (
	SELECT ('steps ' || string_agg(
		format('>=%s.%s: -%s.%s', 999999999999999999999999999999 - i, repeat('9', 30), repeat('9', 30), repeat('9', 30)), ', ')
		|| ', else 0')::scoring_rule AS rule
	FROM generate_series(1, 1000) AS i
) AS longest;

-- Hostile binary: another version, text that is no rule, invalid bytes.
SELECT name, error_of(format('SELECT receive(''scoring_rule'', %L)', message)) AS outcome
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

-- Points by each kind, worked out by hand: of a value, or a numerator and a
-- denominator, alone or among peers.
CREATE TEMP TABLE points (rule text, given text[], points text[], peers text);
INSERT INTO points VALUES
	-- direct points: given back as they are; beyond the maximum, an error
	('points', ARRAY['3.50', '-2'], ARRAY['3.50', '-2'], NULL),
	('points max 5', ARRAY['5', '3, 4'], ARRAY['5', '0.75'], NULL),
	('points max 5', ARRAY['5.01'],
		ARRAY['22023 5.01 points are not within 0 to 5 | Correct the points, or the maximum of the scoring rule.'], NULL),
	('points max 5', ARRAY['-0.5'],
		ARRAY['22023 -0.5 points are not within 0 to 5 | Correct the points, or the maximum of the scoring rule.'], NULL),
	('points max 5', ARRAY['21, 4'],
		ARRAY['22023 21 / 4 points are not within 0 to 5 | Correct the points, or the maximum of the scoring rule.'], NULL),
	-- yes and no
	('yes: 1, no: 0', ARRAY['true'], ARRAY['1'], NULL),
	('yes: 1, no: 0.25', ARRAY['false'], ARRAY['0.25'], NULL),
	('yes: 0, no: 2', ARRAY['1', '0.0'], ARRAY['0', '2'], NULL),
	('yes: 1, no: 0', ARRAY['2'],
		ARRAY['22023 2 is neither yes nor no | Pass true or false, or 1 or 0.'], NULL),
	('ratio max 1', ARRAY['true'],
		ARRAY['22023 a scoring rule of kind ratio takes no boolean | Pass a number, or use a rule such as "yes: 1, no: 0".'], NULL),
	-- ratio with floor and cap; the cap may lie below the floor
	('ratio from 0.5 to 1, max 10', ARRAY['-1', '0', '0.1', '0.15', '0.3', '0.5', '0.8', '0.955', '1', '7'],
		ARRAY['0', '0', '0', '0', '0', '0', '6', '9.1', '10', '10'], NULL),
	('ratio from 0.3 to 0.1, max 2', ARRAY['-1', '0', '0.1', '0.15', '0.3', '0.5', '0.8', '0.955', '1', '7'],
		ARRAY['2', '2', '2', '1.5', '0', '0', '0', '0', '0', '0'], NULL),
	('ratio max 10', ARRAY['46, 46', '45, 46', '1, 3', '2, 3', '0, 46', '50, 46', '7, 8', '0.3, 0.1'],
		ARRAY['10', '9.7826086956521739', '3.3333333333333333', '6.6666666666666667', '0', '10', '8.75', '10'], NULL),
	-- steps, strict and inclusive, exactly at their bounds
	('>0.9: 2, >=0.7: 1, else 0', ARRAY['1', '0.9000000000000000001', '0.90', '0.9', '0.8999999999999999999', '0.7', '0.70', '0.6999999999999999999', '0', '-5'],
		ARRAY['2', '2', '1', '1', '1', '1', '1', '0', '0', '0'], NULL),
	('<0.7: 0, <=0.9: 1, else 2', ARRAY['1', '0.9000000000000000001', '0.90', '0.9', '0.8999999999999999999', '0.7', '0.70', '0.6999999999999999999', '0', '-5'],
		ARRAY['2', '2', '1', '1', '1', '1', '1', '0', '0', '0'], NULL),
	('>0.9: 2, >=0.9: 1, else 0', ARRAY['1', '0.9000000000000000001', '0.90', '0.9', '0.8999999999999999999', '0.7', '0.70', '0.6999999999999999999', '0', '-5'],
		ARRAY['2', '2', '1', '1', '0', '0', '0', '0', '0', '0'], NULL),
	('>0.9: 2, >=0.7: 1, else 0', ARRAY['0.9::float8'], ARRAY['1'], NULL),
	('>0.3: 2, else 0', ARRAY['0.1::float8 + 0.2::float8'], ARRAY['2'], NULL),
	('>=0.1: 2, else 0', ARRAY['0.1::float8'], ARRAY['2'], NULL),
	('>=0.66666666666666666666: 1, else 0', ARRAY['2, 3'], ARRAY['1'], NULL),
	('>=0.66666666666666666667: 1, else 0', ARRAY['2, 3'], ARRAY['0'], NULL),
	('>=0.6667: 1, else 0', ARRAY['2, 3'], ARRAY['0'], NULL),
	('>=0.6666: 1, else 0', ARRAY['2, 3'], ARRAY['1'], NULL),
	('>=70%: 1, else 0', ARRAY['7, 10'], ARRAY['1'], NULL),
	('>70%: 1, else 0', ARRAY['7, 10'], ARRAY['0'], NULL),
	('>=9007199254740993: 1, else 0', ARRAY['9007199254740993', '9007199254740992'], ARRAY['1', '0'], NULL),
	('>=1: 1, else 0', ARRAY['9007199254740992, 9007199254740993', '0.1::float8, 0.1::float8'], ARRAY['0', '1'], NULL),
	-- deductions, bonuses and penalties end where they must
	('10 less 0.5 per occurrence', ARRAY['0', '1', '3', '4', '5', '20', '21', '1000000'], ARRAY['10', '9.5', '8.5', '8', '7.5', '0', '0', '0'], NULL),
	('10 less 0.5 per occurrence, at least 8', ARRAY['0', '1', '3', '4', '5', '20', '21', '1000000'],
		ARRAY['10', '9.5', '8.5', '8', '8', '8', '8', '8'], NULL),
	('0 less 0.75 per occurrence, at least -3', ARRAY['0', '1', '3', '4', '5', '20', '21', '1000000'],
		ARRAY['0', '-0.75', '-2.25', '-3', '-3', '-3', '-3', '-3'], NULL),
	('bonus 0.5 per occurrence, at most 2', ARRAY['0', '1', '3', '4', '5', '20', '21', '1000000'],
		ARRAY['0', '0.5', '1.5', '2', '2', '2', '2', '2'], NULL),
	('penalty 0.5 per occurrence, at most 2', ARRAY['0', '1', '3', '4', '5', '20', '21', '1000000'],
		ARRAY['0', '-0.5', '-1.5', '-2', '-2', '-2', '-2', '-2'], NULL),
	('bonus at most 2', ARRAY['0', '1', '0.75', '1.25', '1000000'], ARRAY['0', '1', '0.75', '1.25', '2'], NULL),
	('penalty at most 2', ARRAY['0', '1', '0.75', '1.25', '1000000'], ARRAY['0', '-1', '-0.75', '-1.25', '-2'], NULL),
	('10 less 0.5 per occurrence', ARRAY['-1'],
		ARRAY['22023 occurrences of a deduction must not be negative, but are -1 | The rule itself says whether points are added or taken off.'], NULL),
	('penalty at most 2', ARRAY['-1'],
		ARRAY['22023 points of a penalty must not be negative, but are -1 | The rule itself says whether points are added or taken off.'], NULL),
	('10 less 0.5 per occurrence', ARRAY['1.5'],
		ARRAY['22023 occurrences must be a whole number, not 1.5 | To take points off in proportion, use a ratio.'], NULL),
	('10 less 0.5 per occurrence', ARRAY['1, 2'],
		ARRAY['22023 a scoring rule of kind deduction takes no numerator and denominator | Pass one value, or divide first.'], NULL),
	-- goalposts and targets
	('goalposts from 20 to 85, max 1', ARRAY['73.4'], ARRAY['0.82153846153846153846'], NULL),
	('log goalposts from 100 to 75000, max 1', ARRAY['100', '80000'], ARRAY['0', '1'], NULL),
	('log goalposts from 100 to 10000, max 1', ARRAY['1000'], ARRAY['0.5'], NULL),
	('log goalposts from 10000 to 100, max 10', ARRAY['1000'], ARRAY['5'], NULL),
	('log goalposts from 100 to 75000, max 1', ARRAY['0'],
		ARRAY['22023 cannot score 0 on a logarithmic scale | Values must be above 0; use goalposts without "log" where they are not.'], NULL),
	('distance to target 90 from 10, max 4', ARRAY['0', '10', '30', '90', '95'], ARRAY['0', '0', '1', '4', '4'], NULL),
	('distance to target 10 from 90, max 4', ARRAY['0', '10', '30', '90', '95'], ARRAY['4', '4', '3', '0', '0'], NULL),
	-- nothing arose: 0 of 0
	('ratio from 0.5 to 1, max 10, if none: full', ARRAY['0, 0'], ARRAY['10'], NULL),
	('ratio max 10, if none: zero', ARRAY['0, 0'], ARRAY['0'], NULL),
	('ratio max 10, if none: null', ARRAY['0, 0'], ARRAY['NULL'], NULL),
	('>0.9: 2, >=0.7: 3, else 0, if none: full', ARRAY['0, 0'], ARRAY['3'], NULL),
	('ratio max 10, if none: full', ARRAY['count(*), count(*)) FROM generate_series(1, 0) AS none (i'], ARRAY['10'], NULL),
	('ratio max 10', ARRAY['0, 0'],
		ARRAY['22012 denominator of a scoring rule is zero | The numerator is 0. | Say in the rule what is given then: "if none: full", "if none: zero" or "if none: null".'], NULL),
	('ratio max 10, if none: full', ARRAY['3, 0'],
		ARRAY['22012 denominator of a scoring rule is zero | The numerator is 3. | Correct the figures: where there is nothing to be done, nothing can have been done. Or say in the rule what is given then: "if undue: full", "if undue: zero" or "if undue: null".'], NULL),
	('ratio max 10, if none: full', ARRAY['3, -1'],
		ARRAY['22023 denominator must not be negative, but is -1 | A share is taken of what there is, which is 0 or more.'], NULL),
	-- among peers. Sample standard deviation of 1 2 3 6: sqrt(14 / 3)
	('minmax max 10', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['0', '0', '2', '3', '4', '10', '10'], '{3,NULL,1,6,2.0}'),
	('minmax max 10, lower is better', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['10', '10', '8', '7', '6', '0', '0'], '{3,NULL,1,6,2.0}'),
	('distance to maximum, max 1', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['0', '0', '0.2', '0.3', '0.4', '1', '1'], '{3,NULL,1,6,2.0}'),
	('zscore', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['-1.3887301496588272', '-0.9258200997725515', '-0.4629100498862757', '-0.2314550249431379', '0', '1.3887301496588272', '1.8516401995451029'], '{3,NULL,1,6,2.0}'),
	('zscore, lower is better', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['1.3887301496588272', '0.9258200997725515', '0.4629100498862757', '0.2314550249431379', '0', '-1.3887301496588272', '-1.8516401995451029'], '{3,NULL,1,6,2.0}'),
	('rank', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['1', '1', '2', '3', '3', '4', '5'], '{3,NULL,1,6,2.0}'),
	('rank, lower is better', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['5', '4', '3', '3', '2', '1', '1'], '{3,NULL,1,6,2.0}'),
	('percentile max 3', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['0', '0', '1', '2', '2', '3', '3'], '{3,NULL,1,6,2.0}'),
	('percentile max 3, lower is better', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['3', '3', '2', '2', '1', '0', '0'], '{3,NULL,1,6,2.0}'),
	('distance to target 11, max 5', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['0', '0', '0.5', '0.75', '1', '2.5', '3'], '{3,NULL,1,6,2.0}'),
	('distance to target -4, max 5, lower is better', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['3', '2.5', '2', '1.75', '1.5', '0', '0'], '{3,NULL,1,6,2.0}'),
	('distance to target 1, max 5', ARRAY['0', '1', '2', '2.5', '3', '6', '7'], ARRAY['0', '5', '5', '5', '5', '5', '5'], '{3,NULL,1,6,2.0}'),
	('rank', ARRAY['1', '2', '3'], ARRAY['1', '2', '5'], '{1,2,2,2,3}'),
	('percentile max 4', ARRAY['1', '2', '3'], ARRAY['0', '1', '4'], '{1,2,2,2,3}'),
	('rank, lower is better', ARRAY['1', '2', '3'], ARRAY['5', '2', '1'], '{1,2,2,2,3}'),
	-- a set that gives no scale gives NULL
	('minmax max 1', ARRAY['1, ''{}''::numeric[]', '1, ''{NULL}''::numeric[]', '1, ''{1}''::numeric[]', '1, ''{1,1}''::numeric[]'],
		ARRAY['NULL', 'NULL', 'NULL', 'NULL'], NULL),
	('zscore', ARRAY['1, ''{}''::numeric[]', '1, ''{NULL}''::numeric[]', '1, ''{1}''::numeric[]', '1, ''{1,1}''::numeric[]'],
		ARRAY['NULL', 'NULL', 'NULL', 'NULL'], NULL),
	('percentile max 1', ARRAY['1, ''{}''::numeric[]', '1, ''{NULL}''::numeric[]', '1, ''{1}''::numeric[]', '1, ''{1,1}''::numeric[]'],
		ARRAY['NULL', 'NULL', 'NULL', '0'], NULL),
	('rank', ARRAY['1, ''{}''::numeric[]', '1, ''{NULL}''::numeric[]', '1, ''{1}''::numeric[]', '1, ''{1,1}''::numeric[]'],
		ARRAY['NULL', 'NULL', '1', '1'], NULL),
	('distance to maximum max 1', ARRAY['1, ''{}''::numeric[]', '1, ''{NULL}''::numeric[]', '1, ''{1}''::numeric[]', '1, ''{1,1}''::numeric[]'],
		ARRAY['NULL', 'NULL', 'NULL', 'NULL'], NULL),
	('distance to target 2 max 1', ARRAY['1.5, ''{}''::numeric[]', '1.5, ''{NULL}''::numeric[]', '1.5, ''{1}''::numeric[]', '1.5, ''{1,1}''::numeric[]'],
		ARRAY['NULL', 'NULL', '0.5', '0.5'], NULL),
	-- rules without peers take a set and do not look at it; others need one
	('>0.9: 2, else 0', ARRAY['0.95, ''{1,2,3}''::numeric[]'], ARRAY['2'], NULL),
	('minmax max 1', ARRAY['3'],
		ARRAY['22023 a scoring rule of kind minmax compares a value with its peers | Call apply_rule(rule, value, reference) with the values of the reference set, or use normalise().'], NULL),
	('distance to target 5 max 1', ARRAY['3'],
		ARRAY['22023 a scoring rule of kind distance_to_target compares a value with its peers | Call apply_rule(rule, value, reference), or say "from" which value points are counted.'], NULL),
	('distance to target 5 max 1', ARRAY['3, 4'],
		ARRAY['22023 a scoring rule of kind distance_to_target compares a value with its peers | Call apply_rule(rule, value, reference), or say "from" which value points are counted.'], NULL),
	('distance to unit "Hà Nội" max 1', ARRAY['3, ''{1,2,3}''::numeric[]'],
		ARRAY['0A000 distance to unit "Hà Nội" needs to know the units | Use normalise() on a score matrix, or a distance to target with that unit''s value.'], NULL),
	-- nULL is missing; NaN and infinity are not values
	('points', ARRAY['NULL::numeric'], ARRAY['NULL'], NULL),
	('ratio max 1', ARRAY['NULL::numeric, 1.0', '1.0, NULL::numeric'], ARRAY['NULL', 'NULL'], NULL),
	('yes: 1, no: 0', ARRAY['NULL::boolean'], ARRAY['NULL'], NULL),
	('rank', ARRAY['NULL::numeric, ''{1.0}''::numeric[]', '1.0, NULL::numeric[]'], ARRAY['NULL', 'NULL'], NULL),
	('points', ARRAY['''NaN''::numeric'],
		ARRAY['22023 value must be finite, not NaN | Pass NULL for a value that is missing.'], NULL),
	('points', ARRAY['''-Infinity''::float8'],
		ARRAY['22023 value must be finite, not -Infinity | Pass NULL for a value that is missing.'], NULL),
	('ratio max 1', ARRAY['1, ''Infinity''::numeric'],
		ARRAY['22023 denominator must be finite, not Infinity | Pass NULL for a value that is missing.'], NULL),
	('rank', ARRAY['1, ''{1,NaN}''::numeric[]'],
		ARRAY['22023 reference value must be finite, not NaN | Pass NULL for a value that is missing.'], NULL),
	('rank', ARRAY['1::float8, ''{1,Infinity}''::float8[]'],
		ARRAY['22023 reference value must be finite, not Infinity | Pass NULL for a value that is missing.'], NULL);
SELECT rule, argument, peers, expected, got
FROM points, ROWS FROM (unnest(given), unnest(points)) AS c (argument, expected),
	LATERAL (SELECT replace(error_of(format('SELECT apply_rule(%L, %s%s)', rule, argument, ', ' || quote_literal(peers) || '::numeric[]')),
		'no error: ', '') AS got) AS g
WHERE got IS DISTINCT FROM expected;
SELECT count(*) > 200 AS many FROM points, unnest(given);

-- divided once: max * (n - floor * d) / ((cap - floor) * d)
SELECT bool_and(apply_rule('ratio from 0.6 to 0.9, max 7', n, d)
	= CASE WHEN n <= 0.6 * d THEN 0 WHEN n >= 0.9 * d THEN 7 ELSE 7 * (n - 0.6 * d) / (0.3 * d) END) AS once
FROM generate_series(0, 40) AS n, generate_series(1, 40) AS d;

-- the first step met counts, however many there are
SELECT bool_and(apply_rule(rule::scoring_rule, x / 3.0)
	= (SELECT min(i) FROM generate_series(0, 1000) AS i WHERE x / 3.0 >= 1000 - i)) AS first_met
FROM generate_series(0, 3100) AS x,
	(SELECT 'steps ' || string_agg(format('>=%s: %s', 1000 - i, i), ', ' ORDER BY i) || ', else 1000'
	 FROM generate_series(0, 999) AS i) AS s (rule);

-- logarithms are rounded once
SELECT x, points,
	abs(points - (ln(x::numeric(60, 40)) - ln(100::numeric(60, 40))) / (ln(75000::numeric(60, 40)) - ln(100::numeric(60, 40))))
		<= 0.5e-16 AS rounded_once,
	points = apply_rule('log goalposts from 100 to 75000, max 1', x * 7, 7) AS as_quotient
FROM (
	SELECT x, apply_rule('log goalposts from 100 to 75000, max 1', x) AS points
	FROM unnest(ARRAY[100.01, 137, 5000, 10616, 74999.99]) AS x
) AS income;

-- doubles among peers as their decimals
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

-- No rule, no points.
SELECT apply_rule(NULL, 1) IS NULL AS no_rule;

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
