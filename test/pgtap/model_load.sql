-- Bulk loads: what is at fault in a file is listed row by row, and what is not
-- wholly right changes nothing. First of assessments, then of criteria sets.
\unset ECHO
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset pager off
\set ON_ERROR_STOP on

BEGIN;
CREATE EXTENSION IF NOT EXISTS pgtap;
SELECT plan(45);

CREATE ROLE load_owner;
CREATE ROLE load_publisher;
CREATE ROLE load_partial;
CREATE ROLE load_verifier;
SELECT set_config('test.grant', format('GRANT CREATE ON DATABASE %I TO load_owner', current_database()), true) AS grant_create
\gset
:grant_create;
SET LOCAL ROLE load_owner;
CALL parindex.create_schema('load');
SET LOCAL search_path = load, public;
\ir ../data/model/fixture.sql
SELECT add_member('load_publisher', 'publisher'), add_member('load_verifier', 'verifier'),
	add_member('load_partial', 'publisher'), add_member('load_partial', 'assessor', 'A') AS added
\gset
SELECT advance_round(round_id) AS stage FROM assessment_round
\gset

-- Assessments -----------------------------------------------------------------

-- Faults of check_load, rows counted from the first that is staged.
CREATE FUNCTION pg_temp.faults(zero_is_missing boolean DEFAULT false) RETURNS SETOF text
	LANGUAGE sql
AS $$
	SELECT concat_ws(' ', f.row_no - (SELECT min(l.row_no) - 1 FROM load.assessment_load AS l), f.column_name, f.value, f.message)
	FROM load.check_load(zero_is_missing) AS f
$$;

COPY assessment_load (round_code, agency_code, criterion_code, measured, numerator, denominator, self_points, explanation,
	verified_points, verify_note, evidence_url, evidence_sha256) FROM stdin (FORMAT csv);
r2019, A ,1.1.1,,,, 25.5 ,"Đã làm, đủ",,,https://example.org/a,0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef
r2018,A,1.1.2,,,,10,,,,,
r2019,Z,1.1.2,,,,10,,,,,
r2019,A,9.9,,,,10,,,,,
r2019,A,1.1,,,,10,,,,,
r2019,A,2.1,"1,5",,,,,,,,
r2019,B,2.1,1.123456789,,,,,,,,
r2019,B,1.2,,3,,,,,,,
r2019,C,1.2,0.5,1,2,,,,,,
r2019,A,1.1.1,,,,20,,,,,
r2019,B,1.1.1,,,,30.5,,,,,
r2019,C,1.1.1,,,,20,,,,https://example.org/c,abc
r2019,D,1.1.1,,,,20,,,,,0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
r2019,E,1.1.1,,,,20,,20,,,
r2019,E,1.2,,1,0,,,,,,
r2019,E,2.2,1e3,,,0x1F,,1.00001,,,
\.
SELECT results_eq('SELECT pg_temp.faults()', $$VALUES
	('2 round_code r2018 there is no such round'),
	('3 agency_code Z takes no part in the round, or its part is not yours to see'),
	('4 criterion_code 9.9 is not in the criteria set of the agency'),
	('5 the criterion is no leaf with a rule'),
	('6 measured 1,5 is no number of at most 8 decimals'),
	('7 measured 1.123456789 is no number of at most 8 decimals'),
	('8 denominator and numerator come together'),
	('9 measured 0.5 is given beside a numerator and denominator'),
	('10 criterion_code 1.1.1 is there again: first in row 1'),
	('11 30.5 points are outside 0 to 30.0000'),
	('12 evidence_sha256 abc is no SHA-256 in hexadecimal'),
	('13 evidence_url is missing beside its SHA-256'),
	('14 the round is in stage "self_assessment", points are verified in stage "verification"'),
	('15 denominator of a scoring rule is zero'),
	('16 measured 1e3 is no number of at most 8 decimals'),
	('16 self_points 0x1F is no number of at most 4 decimals'),
	('16 verified_points 1.00001 is no number of at most 4 decimals')$$,
	'every error of every row is listed, and only those');

SELECT throws_ok('SELECT apply_load()', '23514', 'nothing was loaded: 17 errors', 'a load with errors is refused');
SELECT is((SELECT count(*) FROM assessment), 0::bigint, 'and none of its rows is written');
SELECT is((SELECT count(*) FROM evidence), 0::bigint, 'nor their evidence');
SELECT is((SELECT count(*) FROM assessment_load), 16::bigint, 'and all stay staged');

-- A base letter and combining marks, as some keyboards write them.
DELETE FROM assessment_load WHERE row_no > (SELECT min(row_no) FROM assessment_load);
INSERT INTO assessment_load (round_code, agency_code, criterion_code, self_points, explanation, measured)
VALUES ('r2019', 'B', '2.2', '0', normalize('Đã nộp đầy đủ', NFD), NULL),
	('r2019', 'C', '2.2', '', 'chưa', ''),
	('r2019', 'B', '2.1', NULL, NULL, '0');
SELECT is((SELECT count(*) FROM assessment_load WHERE explanation IS NOT NFC NORMALIZED), 1::bigint, 'text with combining marks is staged');
SELECT is_empty('SELECT * FROM check_load()', 'rows that are right have no errors');
SELECT is(apply_load(), 4::bigint, 'they are loaded, and counted');
SELECT is_empty('SELECT * FROM assessment_load', 'and unstaged');
SELECT results_eq(
	$$SELECT g.code, c.code, a.measured, a.self_points, a.explanation, a.changed_by
	 FROM assessment AS a JOIN agency AS g USING (agency_id) JOIN criterion AS c USING (criterion_id)
	 ORDER BY g.code, c.code$$,
	$$VALUES ('A'::varchar, '1.1.1'::varchar, NULL::numeric, 25.5, 'Đã làm, đủ'::varchar, 'load_owner'::name),
	('B', '2.1', 0, NULL, NULL, 'load_owner'),
	('B', '2.2', NULL, 0, 'Đã nộp đầy đủ', 'load_owner'),
	('C', '2.2', NULL, NULL, 'chưa', 'load_owner')$$,
	'with 0 a number, an empty text none, and text composed');
SELECT results_eq('SELECT url, sha256 FROM evidence',
	$$VALUES ('https://example.org/a'::varchar, '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'::varchar)$$,
	'evidence comes with them');
SELECT is(apply_load(), 0::bigint, 'where nothing is staged, nothing is loaded');

INSERT INTO assessment_load (round_code, agency_code, criterion_code, self_points, measured, numerator, denominator)
VALUES ('r2019', 'B', '2.2', '0', NULL, NULL, NULL), ('r2019', 'D', '2.1', NULL, '0', NULL, NULL),
	('r2019', 'D', '1.2', NULL, NULL, '0', '4'), ('r2019', 'A', '1.1.1', '12', NULL, NULL, NULL);
SELECT is(apply_load(zero_is_missing => true), 4::bigint, 'a file in which 0 marks what is missing');
SELECT results_eq(
	$$SELECT g.code, c.code, a.measured, a.numerator, a.self_points, a.explanation
	 FROM assessment AS a JOIN agency AS g USING (agency_id) JOIN criterion AS c USING (criterion_id)
	 WHERE (g.code, c.code) IN (('A', '1.1.1'), ('B', '2.2')) OR g.code = 'D'
	 ORDER BY g.code, c.code$$,
	$$VALUES ('A'::varchar, '1.1.1'::varchar, NULL::numeric, NULL::numeric, 12::numeric, 'Đã làm, đủ'::varchar),
	('B', '2.2', NULL, NULL, 0, 'Đã nộp đầy đủ'), ('D', '1.2', NULL, 0, NULL, NULL), ('D', '2.1', NULL, NULL, NULL, NULL)$$,
	'has no 0 but in numerators; of rows already there it replaces what it has');

INSERT INTO assessment_load (round_code, agency_code, criterion_code, measured) VALUES ('r2019', 'D', '1.2', '0.95');
SELECT is(apply_load(), 1::bigint, 'a ratio is loaded again as a number');
SELECT results_eq(
	$$SELECT a.measured, a.numerator, a.denominator
	 FROM assessment AS a JOIN agency AS g USING (agency_id) JOIN criterion AS c USING (criterion_id)
	 WHERE g.code = 'D' AND c.code = '1.2'$$,
	'VALUES (0.95, NULL::numeric, NULL::numeric)', 'which takes its place');

-- Roles.
RESET ROLE;
SET LOCAL ROLE load_verifier;
SELECT throws_ok($$INSERT INTO assessment_load (round_code) VALUES ('r2019')$$, '42501', 'permission denied for table assessment_load',
	'only publishers, and the owner, load');
SET LOCAL ROLE load_partial;
INSERT INTO assessment_load (round_code, agency_code, criterion_code, self_points) VALUES ('r2019', 'C', '1.1.1', '99');
SET LOCAL ROLE load_publisher;
SELECT is_empty('SELECT * FROM check_load()', 'nobody checks what others have staged');
SELECT is(apply_load(), 0::bigint, 'nor loads it');
SELECT is(clear_load(), 0::bigint, 'nor takes it back');
SET LOCAL ROLE load_partial;
SELECT throws_ok('SELECT apply_load()', '23514', 'nothing was loaded: 1 errors', 'it is there for who staged it');
SELECT is(clear_load(), 1::bigint, 'who takes it back');

SET LOCAL ROLE load_publisher;
SELECT advance_round(round_id) AS stage FROM assessment_round
\gset
INSERT INTO assessment_load (round_code, agency_code, criterion_code, self_points, verified_points, verify_note)
VALUES ('r2019', 'A', '1.1.1', NULL, '10', NULL), ('r2019', 'A', '2.2', '3', NULL, NULL), ('r2019', 'B', '2.2', NULL, '1', 'Thêm');
SELECT matches(string_agg(f, E'\n'), '2 the round is in stage "verification", agencies assess themselves in stage "self_assessment"',
	'a later stage takes verified points and no others')
FROM pg_temp.faults() AS f;
RESET ROLE;
DELETE FROM assessment_load WHERE self_points IS NOT NULL;
SET LOCAL ROLE load_publisher;
SELECT throws_ok('SELECT apply_load()', '23514', NULL, 'a note is looked for where points differ from those stored');
RESET ROLE;
DELETE FROM assessment_load WHERE verify_note IS NULL;
SET LOCAL ROLE load_publisher;
SELECT is(apply_load(), 1::bigint, 'verified points are loaded');
SET LOCAL ROLE load_partial;
INSERT INTO assessment_load (round_code, agency_code, criterion_code, verified_points) VALUES ('r2019', 'A', '1.1.1', '12');
SELECT results_eq('SELECT pg_temp.faults()', $$VALUES ('1 an assessor of the agency does not verify it')$$,
	'but not by an assessor of the agency, whatever else he is');
SELECT throws_ok('SELECT apply_load()', '23514', 'nothing was loaded: 1 errors', 'who loads none either');
SELECT results_eq(
	$$SELECT g.code, c.code, a.verified_points, a.verified_by
	 FROM load.assessment AS a JOIN load.agency AS g USING (agency_id) JOIN load.criterion AS c USING (criterion_id)
	 WHERE a.verified_points IS NOT NULL$$,
	$$VALUES ('B'::varchar, '2.2'::varchar, 1::numeric, 'load_publisher'::name)$$, 'so that these are all that is verified');

-- Criteria sets ---------------------------------------------------------------

SET LOCAL ROLE load_owner;
CREATE FUNCTION pg_temp.criteria_faults(set_code text) RETURNS SETOF text
	LANGUAGE sql
AS $$
	SELECT concat_ws(' ', f.row_no - (SELECT min(l.row_no) - 1 FROM load.criterion_load AS l), f.column_name, f.value, f.message)
	FROM load.check_criteria_load(set_code) AS f
$$;
INSERT INTO criteria_set (programme_id, code, name_vi, name_en)
SELECT programme_id, 'new', 'Bộ mới', 'New set' FROM index_programme;

COPY criterion_load (code, parent, label_vi, label_en, max_points, rule, source, unit_measure, decimals, target, stable_key)
	FROM stdin (FORMAT csv);
1,,Lĩnh vực,Domain,10,,,,,,domain
1.1,1,Một,One,6,"points, max 5",self_assessed,,,,one
1.2,1,Hai,Two,5,"points, max",self_assessed,,,,two
1.2,1,,Two again,x,"points, max 5",survey,,5,,two
1.3,9,Ba,Three,-1,"points, max 1",guess,,,1e5,three
index,index,Bốn,,1,"points, max 1",record,,,,
2,,Năm,Five,3,,,,,,five
2.1,2.2,Sáu,Six,3,,,,,,six
2.2,2.1,Bảy,Seven,3,,,,,,seven
3,,Tám,Eight,2,,self_assessed,,,,eight
,,Chín,Nine,,yes: 1,record,,,,nine
\.
SELECT results_eq($$SELECT pg_temp.criteria_faults('new')$$, $$VALUES
	('1 1 has at most 10 points, those below it add up to 11'),
	('2 1.1 has at most 6 points, its rule gives up to 5'),
	('3 rule points, max invalid input syntax for type scoring_rule: "points, max": Expected a number at character 12, not the end.'),
	('4 code 1.2 is there again: first in row 3'),
	('4 decimals 5 is none of 0, 1, 2, 3 and 4'),
	('4 label_vi is missing'),
	('4 max_points x is no number'),
	('4 stable_key two is there again: first in row 3'),
	('5 max_points -1 is not from 0 to 999999.9999'),
	('5 parent 9 is the code of no row'),
	('5 source guess is none of "self_assessed", "survey" and "record"'),
	('5 target 1e5 is no number'),
	('6 code index is reserved'),
	('6 label_en is missing'),
	('6 parent index is the criterion itself'),
	('6 stable_key is missing'),
	('7 2 is a leaf without a rule'),
	('7 2 is a leaf without a source'),
	('8 2.1 stands in a cycle of parents'),
	('9 2.2 stands in a cycle of parents'),
	('10 3 is a leaf without a rule'),
	('11 code is missing'),
	('11 max_points is missing'),
	('11 rule yes: 1 "no" is missing in a scoring rule of kind yes_no')$$,
	'every error of a criteria file is listed, by row and then of the tree');
SELECT throws_ok($$SELECT apply_criteria_load('new')$$, '23514', 'no criteria were loaded: 24 errors', 'which is refused');
SELECT results_eq($$SELECT pg_temp.criteria_faults('none') LIMIT 1$$, $$VALUES ('none is no criteria set')$$, 'as is a set that is not there');
DELETE FROM criterion_load;
SELECT results_eq($$SELECT pg_temp.criteria_faults('new')$$, $$VALUES ('the set has no criteria')$$, 'or a load of nothing');

COPY criterion_load (code, parent, label_vi, label_en, max_points, rule, source, unit_measure, decimals, target, stable_key)
	FROM stdin (FORMAT csv);
2,,Lĩnh vực hai,Domain two,10,"points, max 10",survey,,,,two
1, ,Lĩnh vực một,Domain one,20,,,,,,one
1.2,1,Tỷ lệ, Share ,15.5,">0.9: 15.5, else 0",record,percent,0,0.95,share
1.1,1,Kế hoạch,Plan,4.5,"points, max 4.5",self_assessed,,,,plan
\.
UPDATE criterion_load SET label_vi = normalize(label_vi, NFD);
SELECT is(apply_criteria_load('new'), 4::bigint, 'criteria are loaded');
SELECT results_eq(
	$$SELECT c.code, p.code, c.name_vi, c.name_en, c.sort_order, c.max_points, c.rule, c.source, c.unit_measure, c.decimals, c.target,
		c.stable_key
	 FROM criterion AS c
	 LEFT JOIN criterion AS p ON p.criterion_id = c.parent_id
	 WHERE c.set_id = (SELECT set_id FROM criteria_set WHERE code = 'new')
	 ORDER BY c.sort_order$$,
	$$VALUES
	('2'::varchar, NULL::varchar, 'Lĩnh vực hai'::varchar, 'Domain two'::varchar, 1, 10::numeric, 'points, max 10'::varchar,
		'survey'::varchar, NULL::varchar, 2::smallint, NULL::numeric, 'two'::varchar),
	('1', NULL, 'Lĩnh vực một', 'Domain one', 2, 20, NULL, NULL, NULL, 2::smallint, NULL, 'one'),
	('1.2', '1', 'Tỷ lệ', 'Share', 3, 15.5, 'steps >0.9: 15.5, else 0', 'record', 'percent', 0::smallint, 0.95, 'share'),
	('1.1', '1', 'Kế hoạch', 'Plan', 4, 4.5, 'points, max 4.5', 'self_assessed', NULL, 2::smallint, NULL, 'plan')$$,
	'as the file has them, in its order, with text composed');
SELECT is_empty('SELECT * FROM criterion_load', 'and unstaged');

-- A new version: copied, then loaded over.
INSERT INTO tie_break (set_id, position, criterion_id)
SELECT c.set_id, v.position, c.criterion_id
FROM criterion AS c
JOIN (VALUES ('share', 1), ('two', 2)) AS v (stable_key, position) ON v.stable_key = c.stable_key;
SELECT copy_criteria_set('new', 'newer', name_en => 'Newer set') AS copy_id
\gset
SELECT results_eq(
	format('SELECT b.code, s.name_vi, s.name_en, s.missing FROM criteria_set AS s JOIN criteria_set AS b ON b.set_id = s.based_on_id WHERE s.set_id = %s', :copy_id),
	$$VALUES ('new'::varchar, 'Bộ mới'::varchar, 'Newer set'::varchar, 'zero'::varchar)$$, 'a copy says what it is based on');
CREATE TEMP VIEW version AS
SELECT s.code AS set_code, c.code, p.code AS parent, c.name_vi, c.name_en, c.sort_order, c.max_points, c.rule, c.source,
	c.unit_measure, c.decimals, c.target, c.stable_key, b.position
FROM load.criterion AS c
JOIN load.criteria_set AS s ON s.set_id = c.set_id
LEFT JOIN load.criterion AS p ON p.set_id = c.set_id AND p.criterion_id = c.parent_id
LEFT JOIN load.tie_break AS b ON b.set_id = c.set_id AND b.criterion_id = c.criterion_id;
SELECT bag_eq(
	$$SELECT to_jsonb(v) - 'set_code' FROM version AS v WHERE v.set_code = 'newer'$$,
	$$SELECT to_jsonb(v) - 'set_code' FROM version AS v WHERE v.set_code = 'new'$$,
	'and has its criteria and tie-breaks');
SELECT throws_ok($$SELECT copy_criteria_set('old', 'newest')$$, 'P0002', 'there is no criteria set "old"', 'what is not there is not copied');
SELECT throws_ok($$SELECT copy_criteria_set('new', 'newer')$$, '23505', NULL, 'nor over what is');

CREATE TEMP TABLE before AS SELECT c.stable_key, c.criterion_id FROM criterion AS c WHERE c.set_id = :copy_id;
COPY criterion_load (code, parent, label_vi, label_en, max_points, rule, source, unit_measure, decimals, target, stable_key)
	FROM stdin (FORMAT csv);
1,,Lĩnh vực một,Domain one,20,,,,,,one
1.2,1,Kế hoạch,Plan,4.5,"points, max 4.5",self_assessed,,,,plan
1.1,1,Tỷ lệ,Share,10,">0.9: 10, else 0",record,percent,0,0.95,share
1.3,1,Mới,New,5.5,"points, max 5.5",self_assessed,,,,new
\.
SELECT is(apply_criteria_load('newer'), 4::bigint, 'a file is loaded over a set');
SELECT results_eq(
	$$SELECT v.code, v.parent, v.max_points, v.stable_key, v.position, b.criterion_id = c.criterion_id AS kept
	 FROM version AS v
	 JOIN criteria_set AS s ON s.code = v.set_code
	 JOIN criterion AS c ON c.set_id = s.set_id AND c.stable_key = v.stable_key
	 LEFT JOIN before AS b ON b.stable_key = v.stable_key
	 WHERE v.set_code = 'newer'
	 ORDER BY v.sort_order$$,
	$$VALUES ('1'::varchar, NULL::varchar, 20::numeric, 'one'::varchar, NULL::smallint, true), ('1.2', '1', 4.5, 'plan', NULL, true),
	('1.1', '1', 10, 'share', 1::smallint, true), ('1.3', '1', 5.5, 'new', NULL, NULL)$$,
	'criteria stay the same by stable key though codes change places, and what the file lacks is gone');

-- A set that rounds use.
INSERT INTO criterion_load (code, label_vi, label_en, max_points, rule, source, stable_key)
VALUES ('1', 'Lĩnh vực', 'Domain', '100', 'points, max 100', 'record', 'key.1');
SELECT results_eq($$SELECT pg_temp.criteria_faults('set-central') ORDER BY 1$$, $$VALUES
	('stable_key key.1.1.1 is of a criterion that rounds use already, and is in no row'),
	('stable_key key.1.1.2 is of a criterion that rounds use already, and is in no row'),
	('stable_key key.1.2 is of a criterion that rounds use already, and is in no row'),
	('stable_key key.2.1 is of a criterion that rounds use already, and is in no row'),
	('stable_key key.2.2 is of a criterion that rounds use already, and is in no row')$$,
	'what is assessed already, or said not to apply, is not lost by a load');
-- Its header is not looked for before the end.
SELECT set_config('parindex.writes_publication', '1', true) AS writes
\gset
INSERT INTO published_track (publication_id, track_id, round_id, group_id, group_code, group_name_vi, group_name_en, group_sort_order,
	set_id, framework, tie_break, digits, publish_as, index_cap)
SELECT 1, t.track_id, t.round_id, t.group_id, 'g', 'g', 'g', 1, s.set_id, '', '{}', 2, 'ranks', 100
FROM round_track AS t
CROSS JOIN criteria_set AS s
WHERE s.code = 'newer'
LIMIT 1;
SELECT results_eq($$SELECT pg_temp.criteria_faults('newer') LIMIT 1$$,
	$$VALUES ('newer is in use by a published round, and so frozen')$$, 'a published set takes no load');
SELECT throws_ok($$UPDATE criterion SET max_points = 1 WHERE code = '1.3'$$, '55000', NULL, 'nor another change');
RESET ROLE;
SET LOCAL ROLE load_publisher;
SELECT throws_ok($$SELECT copy_criteria_set('new', 'mine')$$, '42501', 'permission denied for table criteria_set', 'criteria are the owner''s to write');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
