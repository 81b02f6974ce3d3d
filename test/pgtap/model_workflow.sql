-- A round's whole life, by the roles that lead it through: what each step
-- refuses, with every violation named, and what is published in the end, against
-- scores worked out by hand.
\unset ECHO
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset pager off
\set ON_ERROR_STOP on

BEGIN;
SET LOCAL client_min_messages = warning;
SELECT plan(137);

CREATE ROLE flow_owner;
CREATE ROLE flow_publisher;
CREATE ROLE flow_verifier;
CREATE ROLE flow_verifier_1;
CREATE ROLE flow_reader;
CREATE ROLE flow_a;
CREATE ROLE flow_b;
SELECT set_config('test.grant', format('GRANT CREATE ON DATABASE %I TO flow_owner', current_database()), true) AS grant_create
\gset
:grant_create;
SET LOCAL ROLE flow_owner;
CALL parindex.create_schema('flow');
SET LOCAL search_path = flow, public;
\ir ../data/model/fixture.sql
SELECT add_member('flow_publisher', 'publisher'), add_member('flow_verifier', 'verifier'),
	add_member('flow_verifier_1', 'verifier', stable_key => 'key.1'), add_member('flow_reader', 'reader'),
	add_member('flow_a', 'assessor', 'A'), add_member('flow_b', 'assessor', 'B') AS added
\gset
RESET ROLE;

-- say(role, statement) -> what that role is answered: one value, or the error
-- with its detail.
CREATE FUNCTION pg_temp.say(who name, statement text) RETURNS text
	LANGUAGE plpgsql
AS $$
DECLARE
	answer text;
	message text;
	detail text;
BEGIN
	PERFORM set_config('role', who, true);
	BEGIN
		IF statement ~* '^\s*(SELECT|WITH)|RETURNING' THEN
			EXECUTE statement INTO answer;
		ELSE
			EXECUTE statement;
			answer := 'done';
		END IF;
	EXCEPTION
		WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
			answer := concat_ws(E'\n', SQLSTATE || ' ' || message, nullif(detail, ''));
	END;
	PERFORM set_config('role', 'none', true);
	RETURN answer;
END
$$;

-- One fingerprint of all rows of all tables.
CREATE FUNCTION pg_temp.fingerprint() RETURNS text
	LANGUAGE plpgsql
AS $$
DECLARE
	name text;
	rows text;
	digests text := '';
BEGIN
	FOR name IN
		SELECT c.oid::regclass FROM pg_class AS c
		WHERE c.relnamespace = 'flow'::regnamespace AND c.relkind = 'r'
		ORDER BY c.relname
	LOOP
		EXECUTE format('SELECT md5(string_agg(r::text, E''\n'' ORDER BY r::text COLLATE "C")) FROM %s AS r', name) INTO rows;
		digests := digests || name || coalesce(rows, '-');
	END LOOP;
	RETURN md5(digests);
END
$$;

-- ---- open -------------------------------------------------------------------

SELECT is(pg_temp.say('flow_a', $$SELECT self_assess('r2019', 'A', '1.1.1', self_points => 30)$$),
	E'23514 assessments refused: 1 violations\nA 1.1.1: the round is in stage "open", agencies assess themselves in stage "self_assessment"',
	'nobody assesses before the stage');
SELECT is(pg_temp.say('flow_a', 'SELECT advance_round(1)'), '42501 role "flow_a" is not a publisher in schema "flow"',
	'an assessor does not lead the round');

SAVEPOINT incomplete;
UPDATE criterion SET rule = NULL WHERE code = '2.2';
UPDATE criterion SET max_points = 41 WHERE code = '2';
DELETE FROM participation WHERE track_id = 2;
SELECT is(pg_temp.say('flow_publisher', 'SELECT advance_round(1)'),
	E'23514 round "r2019" cannot go from stage "open" to "self_assessment": 3 violations\n'
	'set-central 2: has at most 41.0000 points, those below it add up to 40.0000\n'
	'set-central 2.2: is a leaf without a rule\n'
	'no agency takes part in the track of group "department"',
	'a round does not start with a set that is not complete, or an empty track');
ROLLBACK TO incomplete;

SELECT is(pg_temp.say('flow_publisher', 'SELECT advance_round(1)'), 'self_assessment', 'the publisher opens the self-assessment');

-- ---- self-assessment ----------------------------------------------------------

SELECT is(pg_temp.say('flow_a', $$SELECT self_assess('r2019', 'A', '1.1.1', self_points => 30) > 0$$), 'true', 'an agency assesses itself');
SELECT is(pg_temp.say('flow_a', $$SELECT self_assess('r2019', 'B', '1.1.1', self_points => 30)$$),
	'42501 role "flow_a" is not an assessor of agency "B"', 'but no other');
SELECT is(pg_temp.say('flow_a', $$SELECT self_assess('r2019', 'A', '2.1', measured => 80)$$),
	E'42501 assessments refused: 1 violations\nA 2.1: only a publisher brings in what comes from source "survey"',
	'nor what the survey says');
SELECT is(pg_temp.say('flow_a',
	$$INSERT INTO assessment (track_id, agency_id, criterion_id, set_id, self_points)
	SELECT 1, 1, criterion_id, set_id, 31 FROM criterion WHERE code IN ('1.1', '1.1.2', '2.2')$$),
	E'23514 assessments refused: 3 violations\n'
	'A 1.1: the criterion is no leaf with a rule\n'
	'A 1.1.2: 31.0000 points are outside 0 to 10.0000\n'
	'A 2.2: 31.0000 points are outside 0 to 15.0000',
	'all that is wrong with a statement is named, and nothing of it written');
SELECT is((SELECT count(*) FROM flow.assessment), 1::bigint, 'one row is there');
SELECT is(pg_temp.say('flow_a', $$UPDATE flow.assessment SET self_points = 27 RETURNING self_points$$), '27.0000',
	'an agency corrects itself');
SELECT is(pg_temp.say('flow_verifier_1', $$SELECT verify_assessment('r2019', 'A', '1.1.1')$$),
	E'23514 assessments refused: 1 violations\nA 1.1.1: the round is in stage "self_assessment", points are verified in stage "verification"',
	'nothing is verified before its time');

SELECT is(pg_temp.say('flow_a', $$SELECT submit('r2019', 'A')$$),
	E'23514 the self-assessment of agency "A" is not complete: 3 criteria\n'
	'1.1.1: claims points with neither evidence nor an explanation for its lack\n'
	'1.1.2: is not assessed\n'
	'2.2: is not assessed',
	'what lacks is named; what survey and record say is not for the agency');
SELECT is(pg_temp.say('flow_a', $$SELECT add_evidence('r2019', 'A', '1.1.2', 'https://example.org/2')$$),
	'P0002 criterion "1.1.2" of agency "A" is not assessed yet', 'evidence is evidence of something');
SELECT is(pg_temp.say('flow_b', $$SELECT add_evidence('r2019', 'A', '1.1.1', 'https://example.org/2')$$),
	'P0002 criterion "1.1.1" of agency "A" is not assessed yet', 'evidence for another agency finds nothing that it could be of');
SELECT isnt(pg_temp.say('flow_a', $$SELECT add_evidence('r2019', 'A', '1.1.1', 'https://example.org/1', repeat('A', 64), 'Quyết định')$$),
	NULL, 'evidence is added');
SELECT is(pg_temp.say('flow_b', $$SELECT remove_evidence(1)$$), 'P0002 there is no evidence 1 that is yours to remove',
	'which another agency does not take away');
SELECT is(pg_temp.say('flow_a', $$SELECT self_assess('r2019', 'A', '1.1.2', self_points => 10, explanation => 'Chưa số hóa') > 0$$), 'true',
	'or the explanation for its lack');
SELECT is(pg_temp.say('flow_a', $$SELECT self_assess('r2019', 'A', '2.2', self_points => 0) > 0$$), 'true', 'no points need neither');

UPDATE flow.assessment_round SET self_assessment_deadline = now() - interval '1 hour';
SELECT is(pg_temp.say('flow_a', $$SELECT submit('r2019', 'A')$$) ~ '^55000 the deadline of round "r2019" was ', true, 'too late is too late');
SELECT is(pg_temp.say('flow_a', $$UPDATE flow.assessment SET self_points = 12 WHERE self_points = 0$$) ~ '^23514 .*A 2\.2: the deadline was ', true,
	'also for points');
SELECT is(pg_temp.say('flow_a', $$SELECT remove_evidence(1)$$) ~ '^23514 delete of evidence refused.*A 1\.1\.1: the deadline was ', true,
	'and evidence');
SELECT is(pg_temp.say('flow_publisher', $$SELECT self_assess('r2019', 'A', '2.2', self_points => 12, explanation => 'x') > 0$$), 'true',
	'a publisher may still write');
UPDATE flow.assessment_round SET self_assessment_deadline = 'infinity';

SELECT is(pg_temp.say('flow_b', $$SELECT submit('r2019', 'A')$$), '42501 role "flow_b" is not an assessor of agency "A"',
	'nobody submits for another agency');
SELECT is(pg_temp.say('flow_a', $$SELECT submit('r2019', 'A')$$), '', 'complete, it is submitted');
SELECT is(pg_temp.say('flow_a', $$SELECT submit('r2019', 'A')$$), '55000 agency "A" has submitted its self-assessment already', 'once');
SELECT is(pg_temp.say('flow_a', $$SELECT self_assess('r2019', 'A', '2.2', self_points => 15)$$),
	E'23514 assessments refused: 1 violations\nA 2.2: the agency has submitted its self-assessment', 'and stays as it is');
SELECT is(pg_temp.say('flow_a', $$SELECT add_evidence('r2019', 'A', '2.2', 'https://example.org/3')$$),
	E'23514 insert of evidence refused: 1 violations\nA 2.2: the agency has submitted its self-assessment', 'with its evidence');
SELECT is(pg_temp.say('flow_a', $$SELECT unsubmit('r2019', 'A')$$), '42501 role "flow_a" is not a publisher in schema "flow"',
	'not the agency takes it back');
SELECT is(pg_temp.say('flow_publisher', $$SELECT unsubmit('r2019', 'A')$$), '', 'but the publisher hands it back');
SELECT is(pg_temp.say('flow_a', $$SELECT submit('r2019', 'A')$$), '', 'to be submitted again');

-- The other agencies, written by the publisher for all but H, which stays silent.
-- Points of agency: 1.1.1, 1.1.2, 2.2; what is verified stands beside what is
-- claimed in the table below.
CREATE TABLE pg_temp.claim (agency text, criterion text, claimed numeric, verified numeric);
GRANT SELECT ON pg_temp.claim TO PUBLIC;
INSERT INTO pg_temp.claim VALUES
	('A', '1.1.1', 27, 27), ('A', '1.1.2', 10, 10), ('A', '2.2', 12, 12),
	('B', '1.1.1', 30, 26), ('B', '1.1.2', 10, 10), ('B', '2.2', 11, 11),
	('C', '1.1.1', 25, 25), ('C', '1.1.2', 10, 10), ('C', '2.2', 15, 15),
	('D', '1.1.1', 30, 30), ('D', '2.2', 10, 10),
	('E', '1.1.1', 30, 30), ('E', '1.1.2', 10, 10), ('E', '2.2', 15, 15),
	('F', '1.1.1', 30, 30), ('F', '1.1.2', 10, 10), ('F', '2.2', 15, 15),
	('I', '1.1.1', 30, 30), ('I', '1.1.2', 10, 10), ('I', '2.2', 15, 15),
	('D1', 'X.1', 50.25, 50.25), ('D2', 'X.1', 45, 45), ('D3', 'X.1', 40, 40), ('D4', 'X.1', 31, 31);
SELECT is(pg_temp.say('flow_publisher', $$
	SELECT count(self_assess('r2019', c.agency, c.criterion, self_points => c.claimed, explanation => 'Báo cáo kèm theo'))
	FROM pg_temp.claim AS c WHERE c.agency NOT IN ('A', 'B')$$), '18', 'a publisher may assess for an agency');
SELECT is(pg_temp.say('flow_b', $$
	SELECT count(self_assess('r2019', c.agency, c.criterion, self_points => c.claimed, explanation => 'Báo cáo kèm theo'))
	FROM pg_temp.claim AS c WHERE c.agency = 'B'$$), '3', 'B assesses itself');
SELECT is(pg_temp.say('flow_publisher', $$
	SELECT count(submit('r2019', c.agency)) FROM (SELECT DISTINCT agency FROM pg_temp.claim) AS c WHERE c.agency <> 'A'$$), '10',
	'D needs no word on what does not apply to it');

-- ---- verification --------------------------------------------------------------

SELECT is(pg_temp.say('flow_publisher', 'SELECT advance_round(1)'), 'verification', 'on to the verification');
SELECT is(pg_temp.say('flow_publisher', $$SELECT self_assess('r2019', 'A', '1.1.1', self_points => 1)$$) ~ '^23514 .*the round is in stage "verification"', true,
	'what agencies claim is closed');
SELECT is(pg_temp.say('flow_a', $$SELECT add_evidence('r2019', 'A', '1.1.1', 'https://example.org/9')$$),
	E'23514 insert of evidence refused: 1 violations\nA 1.1.1: the round is in stage "verification"', 'and its evidence');
SELECT is(pg_temp.say('flow_verifier_1', $$SELECT verify_assessment('r2019', 'A', '2.2')$$),
	'42501 role "flow_verifier_1" is not a verifier of criterion "2.2"', 'a verifier keeps to his domain');
SELECT is(pg_temp.say('flow_verifier_1', $$UPDATE flow.assessment SET verified_points = 0 WHERE criterion_id = 8$$), 'done', 'in plain SQL as well:');
SELECT is((SELECT count(verified_points) FROM flow.assessment), 0::bigint, 'he reaches no row of others');
SELECT is(pg_temp.say('flow_verifier_1', $$SELECT verify_assessment('r2019', 'B', '1.1.1', 26)$$),
	E'23514 assessments refused: 1 violations\nB 1.1.1: verified points 26.0000 differ from the self-assessed 30.0000 without a note',
	'other points than claimed need a note');
SELECT is(pg_temp.say('flow_verifier_1', $$SELECT verify_assessment('r2019', 'B', '1.1.1', 31, 'Vượt')$$),
	E'23514 assessments refused: 1 violations\nB 1.1.1: 31.0000 points are outside 0 to 30.0000', 'and stay within their bounds');
UPDATE flow.assessment_round SET self_assessment_deadline = '-infinity', verification_deadline = now() - interval '1 hour';
SELECT is(pg_temp.say('flow_verifier_1', $$SELECT verify_assessment('r2019', 'A', '1.1.1')$$) ~ '^23514 .*A 1\.1\.1: the deadline was ', true,
	'verifiers have a deadline, too');
UPDATE flow.assessment_round SET verification_deadline = 'infinity';
SELECT is(pg_temp.say('flow_verifier_1', $$
	SELECT count(verify_assessment('r2019', c.agency, c.criterion, nullif(c.verified, c.claimed),
		CASE WHEN c.verified <> c.claimed THEN 'Thiếu minh chứng' END))
	FROM pg_temp.claim AS c WHERE c.criterion LIKE '1.%'$$), '13', 'accepted as claimed, or adjusted with a note');
SELECT is(
	(SELECT (verified_points, verify_note, verified_by)::text FROM flow.assessment WHERE agency_id = 2 AND criterion_id = 3),
	'(26.0000,"Thiếu minh chứng",flow_verifier_1)', 'by whom and why is kept');

SELECT is(pg_temp.say('flow_publisher', 'SELECT advance_round(1)'),
	E'23514 round "r2019" cannot go from stage "verification" to "appeal": 11 violations\n'
	|| (SELECT string_agg(format('%s %s: was assessed by the agency itself, and is not verified', c.agency, c.criterion), E'\n' ORDER BY a.sort_order)
		FROM pg_temp.claim AS c JOIN flow.agency AS a ON a.code = c.agency WHERE c.criterion NOT LIKE '1.%'),
	'every leaf that is not verified is named');
SELECT is(pg_temp.say('flow_verifier', $$
	SELECT count(verify_assessment('r2019', c.agency, c.criterion)) FROM pg_temp.claim AS c WHERE c.criterion NOT LIKE '1.%'$$), '11',
	'a verifier of all verifies the rest');
-- ---- back ------------------------------------------------------------------------

SELECT is(pg_temp.say('flow_publisher', $$SELECT return_round(1, 'self_assessment', '')$$) ~ '^22004 a round goes back for a reason', true,
	'a round does not go back without a reason');
SELECT is(pg_temp.say('flow_publisher', $$SELECT return_round(1, 'closing', 'x')$$), '55000 round "r2019" cannot go back from stage "verification" to "closing"',
	'nor back to what comes after');
SELECT is(pg_temp.say('flow_verifier', $$SELECT return_round(1, 'open', 'x')$$), '42501 role "flow_verifier" is not a publisher in schema "flow"',
	'nor by a verifier');
SAVEPOINT back;
SELECT is(pg_temp.say('flow_publisher', $$SELECT return_round(1, 'self_assessment', 'Bổ sung hồ sơ')$$), '', 'the publisher takes it back');
SELECT is((SELECT h.new_values ->> 'reason' FROM flow.history AS h WHERE h.table_name = 'assessment_round' AND h.new_values ? 'reason'), 'Bổ sung hồ sơ', 'history keeps why');
UPDATE flow.assessment_round SET self_assessment_deadline = 'infinity';
SELECT is(pg_temp.say('flow_publisher', $$SELECT unsubmit('r2019', 'B')$$), '', 'B gets its self-assessment back');
SELECT is(pg_temp.say('flow_b', $$SELECT self_assess('r2019', 'B', '1.1.1', self_points => 29, explanation => 'Sửa')$$) ~ '^[0-9]+$', true,
	'and claims less');
SELECT is(pg_temp.say('flow_b', $$SELECT self_assess('r2019', 'B', '1.1.2', self_points => 10, explanation => 'Sửa')$$) ~ '^[0-9]+$', true,
	'and the same with another explanation');
SELECT results_eq('SELECT criterion_id, self_points, verified_points, verify_note::text, verified_by::text COLLATE "default" FROM flow.assessment
	WHERE agency_id = 2 AND criterion_id IN (3, 4) ORDER BY 1',
	$$VALUES (3, 29.0, NULL::numeric, NULL::text, NULL::text), (4, 10, 10, NULL, 'flow_verifier_1')$$, 'what was verified of the old claim is void, of the same it stands');
ROLLBACK TO back;

SELECT is(pg_temp.say('flow_publisher', 'SELECT advance_round(1)'), 'appeal', 'on to the appeals');

-- ---- appeal --------------------------------------------------------------------

SELECT is(pg_temp.say('flow_a', $$SELECT file_appeal('r2019', 'B', '1.1.1', 'Đủ hồ sơ', 30)$$), '42501 role "flow_a" is not an assessor of agency "B"',
	'nobody appeals for another agency');
SELECT is(pg_temp.say('flow_b', $$SELECT file_appeal('r2019', 'B', '1.1.1', 'Đủ hồ sơ', 30)$$), '1', 'B appeals');
SELECT is(pg_temp.say('flow_b', $$SELECT file_appeal('r2019', 'B', '1.1.1', 'Lần nữa')$$),
	E'55000 agency "B" cannot appeal against criterion "1.1.1"\nThe criterion was not assessed, or there is an appeal against it already.', 'once');
SELECT isnt(pg_temp.say('flow_b', $$SELECT add_evidence('r2019', 'B', '1.1.1', 'https://example.org/b', repeat('b', 64))$$), NULL,
	'with new evidence');
SELECT is(pg_temp.say('flow_publisher', 'SELECT advance_round(1)'),
	E'23514 round "r2019" cannot go from stage "appeal" to "closing": 1 violations\nB 1.1.1: has an appeal that is not decided', 'which has to be decided');
SELECT is(pg_temp.say('flow_verifier', $$SELECT decide_appeal(1, 'granted', 30)$$), '42501 role "flow_verifier" is not a publisher in schema "flow"',
	'not by a verifier');
SELECT is(pg_temp.say('flow_publisher', $$SELECT decide_appeal(1, 'refused', 30)$$), '22023 outcome "refused" with points 30 is no decision',
	'not in contradiction');
SELECT is(pg_temp.say('flow_publisher', $$SELECT decide_appeal(1, 'granted', 31)$$),
	E'23514 assessments refused: 1 violations\nB 1.1.1: 31.0000 points are outside 0 to 30.0000', 'not beyond the bounds');
SELECT is(pg_temp.say('flow_publisher', $$SELECT decide_appeal(2, 'refused')$$), 'P0002 there is no appeal 2', 'not of nothing');
SELECT is(pg_temp.say('flow_publisher', $$SELECT decide_appeal(1, 'partly_granted', 28, 'Có xác nhận')$$), '', 'the publisher decides');
SELECT is(pg_temp.say('flow_b', $$SELECT add_evidence('r2019', 'B', '1.1.1', 'https://example.org/c')$$),
	E'23514 insert of evidence refused: 1 violations\nB 1.1.1: the appeal is decided', 'after that, evidence is closed');
UPDATE flow.assessment_round SET appeal_deadline = now() - interval '1 hour', verification_deadline = '-infinity';
SELECT is(pg_temp.say('flow_a', $$SELECT file_appeal('r2019', 'A', '1.1.1', 'Muộn')$$) ~ '^55000 the deadline for appeals in round "r2019" was ', true,
	'appeals have a deadline');
SELECT is(pg_temp.say('flow_publisher', 'SELECT advance_round(1)'), 'closing', 'on to closing');

-- ---- closing -------------------------------------------------------------------

SELECT is(pg_temp.say('flow_publisher', $$SELECT publish(1, '9/QĐ', '2020-01-15')$$),
	E'23514 round "r2019" cannot be published: 21 violations\n'
	|| (SELECT string_agg(f.line, E'\n' ORDER BY f.agency_order, f.sort_order)
		FROM (
			SELECT a.sort_order AS agency_order, 99 AS sort_order,
				'E is to be ranked, but was covered for 6 months of at least 9' AS line
			FROM flow.agency AS a WHERE a.code = 'E'
			UNION ALL
			SELECT a.sort_order, c.sort_order, format('%s %s: has no result yet; its source is "%s"', a.code, c.code, c.source)
			FROM flow.agency AS a JOIN flow.criterion AS c ON c.set_id = a.group_id AND c.source <> 'self_assessed'
			WHERE a.code <> 'G'
		) AS f),
	'nothing is published before survey and record are in');
CREATE TABLE pg_temp.result (agency text, numerator numeric, denominator numeric, measured numeric);
GRANT SELECT ON pg_temp.result TO PUBLIC;
INSERT INTO pg_temp.result VALUES
	('A', 19, 20, 80), ('B', 95, 100, 80), ('C', 18, 20, 90), ('D', 19, 20, 70), ('E', 20, 20, 95), ('F', 19, 20, 10), ('H', 14, 20, 60),
	('I', 19, 20, 75), ('D1', NULL, NULL, 10), ('D2', NULL, NULL, 30), ('D3', NULL, NULL, 20), ('D4', NULL, NULL, 40);
SELECT is(pg_temp.say('flow_publisher', $$
	SELECT count(self_assess('r2019', r.agency, c.code,
		measured => CASE c.source WHEN 'survey' THEN r.measured END,
		numerator => CASE c.source WHEN 'record' THEN r.numerator END,
		denominator => CASE c.source WHEN 'record' THEN r.denominator END))
	FROM pg_temp.result AS r JOIN flow.agency AS a ON a.code = r.agency
	JOIN flow.criterion AS c ON c.set_id = a.group_id AND c.source <> 'self_assessed'$$), '20', 'the publisher brings them in');

SELECT is(pg_temp.say('flow_publisher', $$
	UPDATE flow.participation AS p
	SET outcome = v.outcome, reason = v.reason, in_reference = false
	FROM (VALUES ('E', 'unranked', 'Thành lập giữa năm'), ('F', 'disqualified', 'Khai sai')) AS v (code, outcome, reason)
	JOIN flow.agency AS a ON a.code = v.code
	WHERE p.agency_id = a.agency_id$$), 'done', 'E is hors concours, F disqualified');
SELECT is(pg_temp.say('flow_publisher', $$
	INSERT INTO flow.sheet_adjustment (track_id, agency_id, kind, points, reason, legal_reference)
	SELECT 1, a.agency_id, v.kind, v.points, 'Sáng kiến, vi phạm', 'Điều 3'
	FROM (VALUES ('C', 'bonus', 1), ('C', 'bonus', 1.5), ('D', 'penalty', 3), ('D', 'penalty', 4), ('E', 'bonus', 1), ('I', 'cap', 80)) AS v (code, kind, points)
	JOIN flow.agency AS a ON a.code = v.code$$), 'done', 'bonus, penalty and cap');
SELECT results_eq(
	$$SELECT severity, kind, agency_code, criterion_code FROM flow.preview(1)$$,
	$$VALUES ('warning', 'not_submitted', 'H', NULL::text)$$,
	'what is left to look at: H never submitted');

SAVEPOINT equal;
SELECT is(pg_temp.say('flow_publisher', $$UPDATE flow.assessment SET measured = 50 WHERE criterion_id = 7$$), 'done', 'where all measure the same,');
SELECT results_eq(
	$$SELECT severity, kind, agency_code, criterion_code FROM flow.preview(1)$$,
	$$VALUES ('warning', 'not_submitted', 'H', NULL::text), ('warning', 'no_scale', NULL, '2.1')$$,
	'a rule that compares has no scale, which is said');
SELECT is((SELECT s.points FROM flow.live_criteria(1) AS s WHERE s.agency_id = 1 AND s.criterion_id = 7), NULL, 'and gives no points');
ROLLBACK TO equal;

-- ---- publication ---------------------------------------------------------------

SELECT is(pg_temp.say('flow_reader', $$SELECT publish(1, '9/QĐ', '2020-01-15')$$), '42501 role "flow_reader" is not a publisher in schema "flow"',
	'a reader does not publish');
SELECT is(pg_temp.say('flow_publisher', $$SELECT publish(1, NULL, '2020-01-15')$$), '22004 number and date of the decision to publish must not be NULL',
	'nor anybody without a decision');
SELECT is(pg_temp.say('flow_publisher', $$SELECT publish(1, '9/QĐ', '2020-01-15')$$), '1', 'the round is published');
SELECT is(pg_temp.say('flow_publisher', $$SELECT publish(1, '9/QĐ', '2020-01-15')$$), '55000 round "r2019" cannot be published: it is in stage "published"',
	'once');

-- By hand. Points of survey criterion 2.1: 25 x (measured - 60) / (90 - 60), the
-- worst and best of those in the reference set, H and C, for E and F are not in it.
CREATE TABLE pg_temp.expected (agency text, points numeric, max_points numeric, index numeric, rank int, grade text, note text);
INSERT INTO pg_temp.expected VALUES
	('A', 27 + 10 + 20 + 16.67 + 12, 100, 85.67, 2, 'a', 'tied with B, before it by domain 2'),
	('B', 28 + 10 + 20 + 16.67 + 11, 100, 85.67, 3, 'a', '28 on appeal'),
	('C', 25 + 10 + 10 + 25 + 15, 100, 85 + 2, 1, 'a', '18 of 20 is not above 0.9; bonus 2.5 capped at 2'),
	('D', 30 + 20 + 8.33 + 10, 90, 70.92, 5, 'b', '68.33 of the 90 that apply, 75.9222; penalty 7 capped at 5'),
	('E', 30 + 10 + 20 + 25 + 15, 100, 100, NULL, NULL, 'hors concours; 101 capped at 100'),
	('F', 30 + 10 + 20 + 0 + 15, 100, NULL, NULL, NULL, 'disqualified'),
	('G', NULL, 100, 61.5, 6, 'c', 'forced'),
	('H', 0 + 0 + 10 + 0 + 0, 100, 10, 7, 'c', 'never submitted: what it would have claimed is 0'),
	('I', 30 + 10 + 20 + 12.5 + 15, 100, 80, 4, 'b', '87.5 capped at 80; a is full, 3 of 7 being 0.45');
SELECT results_eq(
	$$SELECT s.agency_code::text, s.points, s.max_points, s.index_published, s.rank, s.grade_code::text
	FROM flow.published_score AS s WHERE s.track_id = 1 ORDER BY s.agency_sort_order$$,
	$$SELECT e.agency, e.points, e.max_points, e.index, e.rank, e.grade FROM pg_temp.expected AS e ORDER BY e.agency$$,
	'points, index, rank and grade are as worked out by hand');
SELECT results_eq(
	$$SELECT s.agency_code::text FROM flow.published_score AS s WHERE s.tie_break_used ORDER BY 1$$, $$VALUES ('A'), ('B')$$,
	'the tie break was used for A and B');
SELECT ok((SELECT bool_and(s.rank_of = 7) FROM flow.published_score AS s WHERE s.rank IS NOT NULL), 'of seven');
SELECT is((SELECT s.submitted_at FROM flow.published_score AS s WHERE s.agency_code = 'H'), NULL, 'H is shown as never submitted');
SELECT results_eq(
	$$SELECT s.agency_code::text, s.index_published, s.rank, s.group_no, s.grade_code::text
	FROM flow.published_score AS s WHERE s.track_id = 2 ORDER BY s.agency_sort_order$$,
	$$VALUES ('D1', 50.3, NULL::int, 1, NULL::text), ('D2', 65, NULL, 2, NULL), ('D3', 50, NULL, 1, NULL), ('D4', 61, NULL, 2, NULL)$$,
	'departments: 1 digit, no ranks, two groups about the median 55.65, no grades');
SELECT is_empty('SELECT FROM flow.published_criterion WHERE track_id = 2 AND rank IS NOT NULL', 'no ranks by criterion either');

-- Each inner node again as the sum of its leaves, by the codes.
SELECT is_empty(
	$$SELECT s.agency_code, c.code, n.points, n.max_points
	FROM flow.published_criterion AS n
	JOIN flow.published_score AS s USING (publication_id, track_id, agency_id)
	JOIN flow.criterion AS c ON c.criterion_id = n.criterion_id
	JOIN LATERAL (
		SELECT coalesce(sum(l.points), 0) AS points, sum(k.max_points) AS max_points
		FROM flow.published_criterion AS l
		JOIN flow.criterion AS k ON k.criterion_id = l.criterion_id
		WHERE l.publication_id = n.publication_id AND l.agency_id = n.agency_id AND l.is_leaf
			AND l.status <> 'not_applicable' AND k.code LIKE c.code || '.%'
	) AS l ON true
	WHERE NOT n.is_leaf AND s.agency_code <> 'G' AND (n.points, n.max_points) IS DISTINCT FROM (l.points, l.max_points)$$,
	'inner nodes add up');
-- The index of a track: mean and median of C, A, B, I, D, G, H.
SELECT results_eq(
	'SELECT scored, mean, median, best, worst FROM flow.published_statistic WHERE track_id = 1 AND criterion_id IS NULL',
	$$SELECT 7, round((87 + 85.67 + 85.67 + 80 + 70.92 + 61.5 + 10) / 7, 10), 80.0, 87.0, 10.0$$, 'statistics are of the reference set');

SELECT results_eq('SELECT checked, passed, differing FROM flow.verify_publication(1)',
	$$VALUES ('seal', true, 0::bigint), ('criteria', true, 0), ('scores', true, 0), ('statistics', true, 0)$$, 'it verifies');
SELECT is(pg_temp.say('flow_reader', 'SELECT bool_and(passed) FROM verify_publication(1)'), 'true', 'for every reader');
SAVEPOINT forged;
SELECT set_config('parindex.writes_publication', '1', true) AS forger
\gset
UPDATE flow.published_score SET index_published = 99 WHERE agency_code = 'A';
SELECT results_eq('SELECT checked, passed FROM flow.verify_publication(1)',
	$$VALUES ('seal', false), ('criteria', true), ('scores', false), ('statistics', true)$$, 'a score that the owner forges shows');
ROLLBACK TO forged;

-- ---- what is published stays -----------------------------------------------------

SELECT is(pg_temp.say('flow_owner', 'UPDATE flow.' || t || ' SET publication_id = publication_id'),
	format('55000 update on table "%s" refused: what is published is never changed', t), t || ' is not changed by the owner')
FROM unnest('{publication,published_track,published_score,published_criterion,published_statistic}'::text[]) AS t;
SELECT is(pg_temp.say('flow_owner', 'DELETE FROM flow.' || t), format('55000 delete on table "%s" refused: what is published is never changed', t), t || ' is not emptied')
FROM unnest('{publication,published_track,published_score,published_criterion,published_statistic}'::text[]) AS t;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT is(pg_temp.say('flow_owner', 'TRUNCATE flow.publication CASCADE') ~ '^55000 truncate on table', true, 'nor truncated');
SET CONSTRAINTS ALL DEFERRED;
SELECT is(split_part(pg_temp.say('flow_owner', s.statement), E'\n', 1), '55000 ' || s.refusal, s.statement)
FROM (VALUES
	('UPDATE flow.criterion SET max_points = 1', 'update on table "criterion" refused: the criteria set is in use by a published round'),
	('INSERT INTO flow.tie_break VALUES (1, 2, 1)', 'insert on table "tie_break" refused: the criteria set is in use by a published round'),
	('UPDATE flow.criteria_set SET missing = ''excuse''', 'update on table "criteria_set" refused: the criteria set is in use by a published round'),
	('UPDATE flow.participation SET months_covered = 1', 'update on table "participation" refused: the round is published'),
	('DELETE FROM flow.applicability', 'delete on table "applicability" refused: the round is published'),
	('DELETE FROM flow.sheet_adjustment', 'delete on table "sheet_adjustment" refused: the round is published'),
	('UPDATE flow.round_track SET digits = 4', 'update on table "round_track" refused: the round is published'),
	('DELETE FROM flow.assessment WHERE assessment_id NOT IN (SELECT assessment_id FROM flow.appeal)', 'delete on table "assessment" refused: the round is published')
) AS s (statement, refusal);
SELECT is(pg_temp.say('flow_owner', 'UPDATE flow.assessment SET standard_error = 1 WHERE agency_id = 1 AND criterion_id = 3'),
	E'23514 assessments refused: 1 violations\nA 1.1.1: the round is published', 'assessments are closed');
SELECT is(pg_temp.say('flow_owner', 'DELETE FROM flow.evidence'),
	E'23514 delete of evidence refused: 2 violations\nA 1.1.1: the round is published\nB 1.1.1: the round is published', 'evidence as well');
SELECT is(pg_temp.say('flow_owner', 'DELETE FROM flow.history'), '55000 delete on table "history" refused: it is only added to', 'history is only added to');

-- ---- what if ---------------------------------------------------------------------

CREATE TABLE pg_temp.before (fingerprint text);
INSERT INTO pg_temp.before SELECT pg_temp.fingerprint();
-- H with 90 days instead of 60: the worst of the reference set is then D's 70.
SELECT results_eq(
	$$SELECT agency_code, index_after, rank_after FROM flow.what_if(1, '[{"agency": "H", "criterion": "2.1", "measured": 90}]', 'inputs')
	WHERE group_code = 'central' ORDER BY 1$$,
	$$VALUES ('A', 81.5, 2), ('B', 81.5, 3), ('C', 87, 1), ('D', 61.67, 5), ('E', 100, NULL), ('F', NULL, NULL), ('G', 61.5, 6), ('H', 35.0, 7),
		('I', 80, 4)$$,
	'with the inputs of the others held, they move with the reference set');
SELECT results_eq(
	$$SELECT agency_code, is_changed, index_before, index_after, index_change, rank_before, rank_after, rank_change
	FROM flow.what_if(1, '[{"agency": "H", "criterion": "1.1.1", "points": 30}, {"agency": "H", "criterion": "2.2", "points": 15},
		{"agency": "H", "criterion": "1.2", "points": 20}]')
	WHERE rank_before <> rank_after OR is_changed ORDER BY rank_after$$,
	$$VALUES ('H', true, 10.0, 65.0, 55.0, 7, 6, 1), ('G', false, 61.5, 61.5, 0.0, 6, 7, -1)$$,
	'with their published scores held, only what changes moves');
SELECT is(pg_temp.say('flow_reader', $$SELECT count(*) FROM what_if(1, '[]', 'inputs')$$) ~ '^42501 role "flow_reader" may not see the whole round', true,
	'a reader asks about what is published only');
SELECT is(pg_temp.say('flow_reader', $$SELECT index_after FROM what_if(1, '[{"agency": "D", "criterion": "1.1.2", "points": 10}]') WHERE is_changed$$),
	'73.330000', 'as if what does not apply to D did');
SELECT is(pg_temp.fingerprint(), (SELECT fingerprint FROM pg_temp.before), 'no question changed a row');

-- ---- correction --------------------------------------------------------------------

SELECT is(pg_temp.say('flow_verifier', $$SELECT reopen(1, 'Sai sót')$$), '42501 role "flow_verifier" is not a publisher in schema "flow"',
	'a verifier does not reopen');
SELECT is(pg_temp.say('flow_publisher', $$SELECT reopen(1, ' ')$$), '22004 a published round is reopened for a reason, which must not be NULL or empty',
	'nobody without a reason');
SELECT is(pg_temp.say('flow_publisher', $$SELECT reopen(1, 'Sai sót của B')$$), '', 'the round is reopened');
SELECT is(pg_temp.say('flow_publisher', $$SELECT reopen(1, 'Lần nữa')$$) ~ '^55000 revision 1 of round "r2019" cannot be reopened', true, 'once');
SELECT is((SELECT s.index_published FROM flow.published_score AS s WHERE s.agency_code = 'B'), 85.67, 'what is published stands until the next revision');
SELECT is(pg_temp.say('flow_publisher', $$SELECT decide_appeal(1, 'granted', 30, 'Đã đủ')$$), '', 'the appeal is decided again');
SELECT is(pg_temp.say('flow_publisher', 'SELECT advance_round(1)'), 'closing', 'and closed');
SELECT is(pg_temp.say('flow_publisher', $$SELECT publish(1, '10/QĐ', '2020-02-01')$$), '2', 'revision 2');
SELECT is((SELECT (revision, reason)::text FROM flow.publication WHERE publication_id = 2), '(2,"Sai sót của B")', 'says why');
SELECT results_eq('SELECT * FROM flow.publication_diff(1, 2)',
	$$VALUES ('A', NULL, 'rank', '2', '3'),
		('B', NULL, 'index_published', '85.670000', '87.670000'), ('B', NULL, 'points', '85.6700', '87.6700'), ('B', NULL, 'rank', '3', '1'),
		('B', '1', 'points', '58.0000', '60.0000'), ('B', '1', 'rank', '3', '1'),
		('B', '1.1', 'points', '38.0000', '40.0000'), ('B', '1.1', 'rank', '3', '1'),
		('B', '1.1.1', 'points', '28.0000', '30.0000'), ('B', '1.1.1', 'rank', '3', '1'),
		('C', NULL, 'rank', '1', '2')$$,
	'the difference is B''s two points and who moves by them');
SELECT ok((SELECT bool_and(v.passed) FROM unnest('{1,2}'::int[]) AS p, flow.verify_publication(p) AS v), 'both revisions verify');

-- ---- purge ---------------------------------------------------------------------------

SELECT is(pg_temp.say('flow_publisher', $$SELECT purge_publication(2, 'x')$$), '42501 only the owner of schema "flow" may purge a publication',
	'a publisher does not purge');
SELECT is(pg_temp.say('flow_owner', $$SELECT purge_publication(1, 'x')$$), '55000 publication 1 is not the last revision of its round',
	'the owner begins with the last');
SELECT is(pg_temp.say('flow_owner', $$SELECT purge_publication(2, 'Công bố nhầm')$$), '', 'and says why');
SELECT is((SELECT (h.changed_by, h.old_values ->> 'decision_no', h.new_values ->> 'reason')::text FROM flow.history AS h WHERE h.table_name = 'publication'),
	'(flow_owner,10/QĐ,"Công bố nhầm")', 'which history keeps');
SELECT is_empty('SELECT FROM flow.published_criterion WHERE publication_id = 2', 'nothing of it is left');
SELECT is((SELECT stage FROM flow.assessment_round), 'closing', 'and the round may be published again');
SELECT ok((SELECT bool_and(v.passed) FROM flow.verify_publication(1) AS v), 'revision 1 still verifies');

SELECT * FROM finish();
ROLLBACK;
