-- Who may do what, tried by each capability on each table and view, from the
-- attacker's side. What is expected is written down by relation; a relation that
-- is new fails until its row is there.
\unset ECHO
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset pager off
\set ON_ERROR_STOP on

BEGIN;
SET LOCAL client_min_messages = warning;
SELECT plan(178);

CREATE ROLE access_owner;
CREATE ROLE access_publisher;
CREATE ROLE access_verifier;
CREATE ROLE access_verifier_1;
CREATE ROLE access_assessor;
CREATE ROLE access_reader;
CREATE ROLE access_nobody;
CREATE ROLE access_both;
SELECT format('GRANT CREATE ON DATABASE %I TO access_owner, access_assessor', current_database()) AS grant_create
\gset
:grant_create;
SET LOCAL ROLE access_owner;
CALL parindex.create_schema('access');
SET LOCAL search_path = access, public;
\ir ../data/model/fixture.sql
SELECT add_member('access_publisher', 'publisher'), add_member('access_verifier', 'verifier'),
	add_member('access_verifier_1', 'verifier', stable_key => 'key.1'), add_member('access_assessor', 'assessor', 'A'),
	add_member('access_reader', 'reader'), add_member('access_both', 'assessor', 'A'),
	add_member('access_both', 'verifier', stable_key => 'key.1') AS added
\gset
RESET ROLE;

-- ---- rows in every table ------------------------------------------------------
-- Agencies A and B have assessed themselves; the round was published, and is
-- taken up again.

UPDATE round_track SET min_months = 0;
UPDATE assessment_round SET stage = 'self_assessment';
INSERT INTO assessment (track_id, agency_id, criterion_id, set_id, self_points, explanation)
SELECT 1, a.agency_id, c.criterion_id, c.set_id, c.max_points, 'Báo cáo'
FROM agency AS a
JOIN criterion AS c ON c.set_id = 1 AND c.source = 'self_assessed'
WHERE a.code IN ('A', 'B');
INSERT INTO assessment (track_id, agency_id, criterion_id, set_id, measured)
SELECT p.track_id, p.agency_id, c.criterion_id, c.set_id, p.agency_id
FROM participation AS p
JOIN round_track AS t ON t.track_id = p.track_id
JOIN criterion AS c ON c.set_id = t.set_id AND c.source <> 'self_assessed';
INSERT INTO evidence (assessment_id, url) SELECT assessment_id, 'https://example.org/' FROM assessment WHERE self_points > 0;
UPDATE participation SET submitted_at = now(), submitted_by = 'access_publisher' WHERE agency_id IN (1, 2);
UPDATE assessment_round SET stage = 'verification';
UPDATE assessment SET verified_points = self_points WHERE self_points IS NOT NULL;
UPDATE assessment_round SET stage = 'appeal';
SELECT count(file_appeal('r2019', a.agency, a.criterion, 'Đủ')) AS filed FROM (VALUES ('A', '1.1.1'), ('B', '2.2')) AS a (agency, criterion)
\gset
SELECT count(decide_appeal(a.appeal_id, 'refused')) AS decided FROM appeal AS a
\gset
INSERT INTO sheet_adjustment (track_id, agency_id, kind, points, reason, legal_reference)
SELECT 1, agency_id, 'bonus', 1, 'Sáng kiến', 'Điều 3' FROM agency WHERE code IN ('A', 'B');
INSERT INTO applicability (track_id, agency_id, criterion_id, set_id, reason) VALUES (1, 1, 8, 1, 'Không có');
INSERT INTO action (round_id, lead_agency_id, code, name_vi, name_en, due_on)
SELECT 1, agency_id, 'g' || code, 'Giải pháp', 'Solution', '2019-06-30' FROM agency WHERE code IN ('A', 'B');
INSERT INTO action_partner SELECT action_id, 3 FROM action;
INSERT INTO action_criterion SELECT action_id, 'key.1' FROM action;
INSERT INTO action_progress (action_id, percent) SELECT action_id, 50 FROM action;
INSERT INTO agency_succession VALUES (1, 2, '2020-01-01');
INSERT INTO survey (round_id, code, name_vi, name_en) VALUES (1, 's', 'Khảo sát', 'Survey');
INSERT INTO survey_service (survey_id, code, name_vi, name_en) VALUES (1, 's', 'Dịch vụ', 'Service');
INSERT INTO survey_factor (survey_id, code, name_vi, name_en) VALUES (1, 'f', 'Yếu tố', 'Factor');
INSERT INTO question (survey_id, factor_code, code, text_vi, text_en) VALUES (1, 'f', 'q', 'Hỏi', 'Question');
INSERT INTO survey_stratum (survey_id, code, name_vi, name_en, psus_sampled) VALUES (1, 't', 'Tầng', 'Stratum', 1);
INSERT INTO survey_psu (survey_id, stratum_id, code) VALUES (1, 1, 'p');
INSERT INTO respondent (survey_id, stratum_id, psu_id, agency_id, weight) VALUES (1, 1, 1, 1, 1);
INSERT INTO respondent_identity (respondent_id, full_name) VALUES (1, 'Nguyễn Văn A');
INSERT INTO response (respondent_id, question_id, survey_id, answer) VALUES (1, 1, 1, 5);
INSERT INTO survey_estimate (survey_id, agency_id, factor_code, measure, level, is_suppressed) VALUES (1, 1, 'f', 'mean', 0.95, false);
INSERT INTO survey_factor_quality (survey_id, agency_id, factor_code) VALUES (1, 1, 'f');
INSERT INTO survey_replicate VALUES (1, 0, 1, 'f', 0, 0.5);
UPDATE assessment_round SET stage = 'closing';
SELECT publish(1, '9/QĐ', '2020-01-15') AS published
\gset
INSERT INTO award (publication_id, kind, agency_id, name_vi, name_en, decision_no, decision_date)
VALUES (1, 'collective', 1, 'Bằng khen', 'Certificate', '10/QĐ', '2020-01-20');
SELECT reopen(1, 'Sai sót') AS reopened
\gset
INSERT INTO assessment_load (loaded_by, round_code) VALUES ('access_publisher', 'r2019'), ('access_owner', 'r2019');
INSERT INTO criterion_load (code) VALUES ('1');

-- say(role, statement) -> what that role is answered when it logs in: one value,
-- "rows N" of a command, or SQLSTATE and message of the error.
CREATE FUNCTION pg_temp.say(who name, statement text) RETURNS text
	LANGUAGE plpgsql
AS $$
DECLARE
	superuser CONSTANT text := session_user;
	answer text;
	touched bigint;
BEGIN
	PERFORM set_config('session_authorization', who, true);
	BEGIN
		IF statement ~* '^\s*(SELECT|WITH)' THEN
			EXECUTE statement INTO answer;
		ELSE
			EXECUTE statement;
			GET DIAGNOSTICS touched = ROW_COUNT;
			answer := 'rows ' || touched;
		END IF;
	EXCEPTION
		WHEN OTHERS THEN
			answer := SQLSTATE || ' ' || SQLERRM;
	END;
	PERFORM set_config('session_authorization', superuser, true);
	RETURN answer;
END
$$;

CREATE TABLE pg_temp.capability (role name, number int);
INSERT INTO pg_temp.capability
SELECT 'access_' || c.name, c.number
FROM unnest('{owner,publisher,verifier,verifier_1,assessor,reader,nobody}'::text[]) WITH ORDINALITY AS c (name, number);

CREATE TABLE pg_temp.relation AS
SELECT c.oid, c.relname, c.relkind
FROM pg_class AS c
WHERE c.relnamespace = 'access'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f');

-- ---- select --------------------------------------------------------------------
-- By letters, in the order of the capabilities above: a all rows, as they are; s
-- some; n none; - refused; d as many, but different: what is made of some rows
-- is then shown as if of all.

CREATE TABLE pg_temp.seen AS
SELECT r.relname, c.role, c.number, pg_temp.say(c.role,
	format('SELECT count(*) || '' '' || md5(string_agg(r::text, '''' ORDER BY r::text COLLATE "C")) FROM access.%I AS r', r.relname)) AS answer
FROM pg_temp.relation AS r
CROSS JOIN pg_temp.capability AS c;
UPDATE pg_temp.seen SET answer = '0' WHERE answer IS NULL;

CREATE VIEW pg_temp.select_right AS
SELECT s.relname,
	string_agg(
		CASE
			WHEN s.answer LIKE '42501 %' THEN '-'
			WHEN s.answer = '0' THEN 'n'
			WHEN s.answer = o.answer THEN 'a'
			WHEN split_part(s.answer, ' ', 1) = split_part(o.answer, ' ', 1) THEN 'd'
			ELSE 's'
		END, '' ORDER BY s.number) AS rights
FROM pg_temp.seen AS s
JOIN pg_temp.seen AS o ON o.relname = s.relname AND o.number = 1
GROUP BY s.relname;

-- ---- insert, update, delete ----------------------------------------------------
-- Of no rows, column by column: rights are checked, and nothing done. Locking
-- comes with DELETE on all of a table.

CREATE TABLE pg_temp.write_right AS
SELECT t.relname, c.role, t.privilege, string_agg(t.column_name, ', ' ORDER BY t.number) AS columns
FROM (
	SELECT r.relname, p.privilege, p.statement, a.attname::text AS column_name, a.attnum AS number
	FROM pg_temp.relation AS r
	JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
	CROSS JOIN LATERAL (VALUES
		('insert', format('INSERT INTO access.%I (%I) OVERRIDING SYSTEM VALUE SELECT NULL::%s WHERE false', r.relname, a.attname,
			format_type(a.atttypid, a.atttypmod))),
		('update', format('UPDATE access.%I SET %I = DEFAULT WHERE false', r.relname, a.attname))
	) AS p (privilege, statement)
	UNION ALL
	SELECT r.relname, p.privilege, p.statement, '*', 0
	FROM pg_temp.relation AS r
	CROSS JOIN LATERAL (VALUES
		('delete', format('DELETE FROM access.%I WHERE false', r.relname)),
		('truncate', format('TRUNCATE access.%I', r.relname)),
		('lock', format('LOCK TABLE access.%I IN ACCESS EXCLUSIVE MODE NOWAIT', r.relname)),
		('trigger', format('CREATE TRIGGER mine AFTER INSERT ON access.%I EXECUTE FUNCTION suppress_redundant_updates_trigger()', r.relname)),
		('drop', format('DROP TABLE access.%I', r.relname)),
		('alter', format('ALTER TABLE access.%I DISABLE ROW LEVEL SECURITY', r.relname))
	) AS p (privilege, statement)
) AS t
JOIN pg_temp.capability AS c ON c.number > 1
WHERE pg_temp.say(c.role, t.statement) LIKE 'rows %'
GROUP BY t.relname, c.role, t.privilege;

SELECT set_eq('SELECT relname::text, rights FROM pg_temp.select_right', $$VALUES
	('action', 'aaaaaa-'),
	('action_criterion', 'aaaaaa-'),
	('action_partner', 'aaaaaa-'),
	('action_progress', 'aaaaaa-'),
	('agency', 'aaaaaa-'),
	('agency_group', 'aaaaaa-'),
	('agency_succession', 'aaaaaa-'),
	('appeal', 'aaassn-'),
	('applicability', 'aaaasn-'),
	('assessment', 'aaassn-'),
	('assessment_load', 'aa-----'),
	('criterion_load', 'a------'),
	('assessment_round', 'aaaaaa-'),
	('award', 'aaaaaa-'),
	('criteria_set', 'aaaaaa-'),
	('criterion', 'aaaaaa-'),
	('criterion_tree', 'aaaaaa-'),
	('evidence', 'aaassn-'),
	('grade_band', 'aaaaaa-'),
	('grade_scale', 'aaaaaa-'),
	('history', 'aasnsn-'),
	('index_programme', 'aaaaaa-'),
	('member', 'aassss-'),
	('participation', 'aaaasn-'),
	('publication', 'aaaaaa-'),
	('published_criterion', 'aaaaaa-'),
	('published_score', 'aaaaaa-'),
	('published_statistic', 'aaaaaa-'),
	('published_track', 'aaaaaa-'),
	('question', 'aaaaaa-'),
	('reopening', 'aaaaaa-'),
	('respondent', 'aannnn-'),
	('respondent_identity', 'a------'),
	('response', 'aannnn-'),
	('round_track', 'aaaaaa-'),
	('schema_version', 'aaaaaa-'),
	('sheet_adjustment', 'aaaasn-'),
	('survey', 'aaaaaa-'),
	('survey_estimate', 'aaannn-'),
	('survey_factor', 'aaaaaa-'),
	('survey_factor_quality', 'aaannn-'),
	('survey_psu', 'aannnn-'),
	('survey_replicate', 'aaannn-'),
	('survey_service', 'aaaaaa-'),
	('survey_stratum', 'aaaaaa-'),
	('tie_break', 'aaaaaa-'),
	('action_status', 'aaaaaa-'),
	('assessment_progress', 'aaassn-'),
	('award_list', 'aaaaaa-'),
	('criterion_below', 'aaaaaa-'),
	('criterion_change', 'aaaaaa-'),
	('criterion_pair', 'aaaaaa-'),
	('criterion_score', 'aaaaaa-'),
	('current_criterion', 'aaaaaa-'),
	('current_publication', 'aaaaaa-'),
	('current_score', 'aaaaaa-'),
	('current_track', 'aaaaaa-'),
	('data_quality', 'aaassn-'),
	('domain_score', 'aaaaaa-'),
	('domain_work', 'aaassn-'),
	('inherited_score', 'aaaaaa-'),
	('observation', 'aaaaaa-'),
	('publication_history', 'aaaaaa-'),
	('ranking', 'aaaaaa-'),
	('satisfaction', 'aaannn-'),
	('strength_weakness', 'aaaaaa-'),
	('survey_quality', 'aaannn-'),
	('year_on_year', 'aaaaaa-')
	$$, 'who sees all, some, none of each relation');
SELECT is_empty($$SELECT relname FROM pg_temp.seen WHERE number = 1 AND answer = '0'$$, 'and there are rows to be seen in all of them');

SELECT set_eq('SELECT relname::text, role::text, privilege, columns FROM pg_temp.write_right', $$VALUES
	('action', 'access_publisher', 'insert', 'round_id, lead_agency_id, code, name_vi, name_en, sort_order, starts_on, due_on, cancelled_on'),
	('action', 'access_publisher', 'update', 'lead_agency_id, name_vi, name_en, sort_order, starts_on, due_on, cancelled_on'),
	('action_criterion', 'access_publisher', 'delete', '*'),
	('action_criterion', 'access_publisher', 'insert', 'action_id, stable_key'),
	('action_criterion', 'access_publisher', 'lock', '*'),
	('action_partner', 'access_publisher', 'delete', '*'),
	('action_partner', 'access_publisher', 'insert', 'action_id, agency_id'),
	('action_partner', 'access_publisher', 'lock', '*'),
	('action_progress', 'access_assessor', 'insert', 'action_id, reported_on, percent, note'),
	('action_progress', 'access_assessor', 'update', 'percent, note'),
	('action_progress', 'access_publisher', 'insert', 'action_id, reported_on, percent, note'),
	('action_progress', 'access_publisher', 'update', 'percent, note'),
	('applicability', 'access_publisher', 'delete', '*'),
	('applicability', 'access_publisher', 'insert', 'track_id, agency_id, criterion_id, set_id, reason'),
	('applicability', 'access_publisher', 'lock', '*'),
	('assessment', 'access_assessor', 'insert', 'track_id, agency_id, criterion_id, set_id, measured, numerator, denominator, self_points, explanation'),
	('assessment', 'access_assessor', 'update', 'measured, numerator, denominator, self_points, explanation'),
	('assessment', 'access_publisher', 'insert', 'track_id, agency_id, criterion_id, set_id, measured, numerator, denominator, self_points, explanation, verified_points, verify_note'),
	('assessment', 'access_publisher', 'update', 'measured, numerator, denominator, self_points, explanation, verified_points, verify_note, standard_error, obs_status, conf_status'),
	('assessment', 'access_verifier', 'insert', 'track_id, agency_id, criterion_id, set_id, verified_points, verify_note'),
	('assessment', 'access_verifier', 'update', 'verified_points, verify_note'),
	('assessment', 'access_verifier_1', 'insert', 'track_id, agency_id, criterion_id, set_id, verified_points, verify_note'),
	('assessment', 'access_verifier_1', 'update', 'verified_points, verify_note'),
	('assessment_load', 'access_publisher', 'insert', 'round_code, agency_code, criterion_code, measured, numerator, denominator, self_points, explanation, verified_points, verify_note, evidence_url, evidence_sha256'),
	('award', 'access_publisher', 'delete', '*'),
	('award', 'access_publisher', 'insert', 'publication_id, kind, agency_id, person_name, name_vi, name_en, decision_no, decision_date'),
	('award', 'access_publisher', 'lock', '*'),
	('evidence', 'access_assessor', 'insert', 'assessment_id, title, url, sha256'),
	('evidence', 'access_publisher', 'insert', 'assessment_id, title, url, sha256'),
	('participation', 'access_publisher', 'delete', '*'),
	('participation', 'access_publisher', 'insert', 'track_id, agency_id, round_id, months_covered, in_reference, outcome, forced_score, reason'),
	('participation', 'access_publisher', 'lock', '*'),
	('participation', 'access_publisher', 'update', 'months_covered, in_reference, outcome, forced_score, reason'),
	('sheet_adjustment', 'access_publisher', 'delete', '*'),
	('sheet_adjustment', 'access_publisher', 'insert', 'track_id, agency_id, kind, points, reason, legal_reference'),
	('sheet_adjustment', 'access_publisher', 'lock', '*')
	$$, 'who writes which columns of which tables, nobody else any');
-- ---- rows of others --------------------------------------------------------------

-- Stages in which a right could be abused at all.
UPDATE assessment_round SET stage = 'self_assessment';
UPDATE participation SET submitted_at = NULL, submitted_by = NULL;
SELECT is(pg_temp.say('access_' || a.role, a.statement), a.answer, a.name)
FROM (VALUES
	('assessor', $$UPDATE access.assessment SET self_points = 0 WHERE agency_id <> 1$$, 'rows 0', 'no assessor changes another agency'),
	('assessor', $$INSERT INTO access.assessment (track_id, agency_id, criterion_id, set_id, self_points) VALUES (1, 3, 3, 1, 1)$$,
		'42501 new row violates row-level security policy for table "assessment"', 'nor adds to it'),
	('assessor', $$UPDATE access.assessment SET verified_points = 30$$, '42501 permission denied for table assessment', 'nor verifies himself'),
	('assessor', $$UPDATE access.assessment SET agency_id = 1$$, '42501 permission denied for table assessment', 'nor takes over a row'),
	('assessor', $$INSERT INTO access.evidence (assessment_id, url) VALUES (4, 'x')$$,
		'42501 new row violates row-level security policy for table "evidence"', 'no evidence for B'),
	('assessor', $$SELECT access.remove_evidence(4)$$, 'P0002 there is no evidence 4 that is yours to remove', 'nor against it'),
	('assessor', $$INSERT INTO access.action_progress (action_id, reported_on, percent) VALUES (2, '2019-01-01', 100)$$,
		'42501 new row violates row-level security policy for table "action_progress"', 'no progress for an action that another leads'),
	('assessor', $$UPDATE access.action_progress SET percent = 1 WHERE action_id = 2$$, 'rows 0', 'nor against it'),
	('verifier_1', $$UPDATE access.assessment SET self_points = 0$$, '42501 permission denied for table assessment', 'no verifier claims for agencies'),
	('verifier_1', $$UPDATE access.assessment SET verify_note = 'x' WHERE criterion_id = 8$$, 'rows 0', 'nor verifies outside his domain'),
	('publisher', $$UPDATE access.published_score SET rank = 1$$, '42501 permission denied for table published_score', 'no publisher changes what is published'),
	('publisher', $$DELETE FROM access.publication$$, '42501 permission denied for table publication', 'nor takes it back'),
	('publisher', $$INSERT INTO access.publication (round_id, revision, decision_no, decision_date, published_by, engine_version, seal)
		VALUES (1, 9, 'x', now(), 'x', 'x', repeat('0', 64))$$, '42501 permission denied for table publication', 'nor forges it'),
	('publisher', $$INSERT INTO access.history (changed_by, table_name, action, row_key) VALUES ('access_owner', 'assessment', 'update', '1')$$,
		'42501 permission denied for table history', 'nobody forges history'),
	('publisher', $$UPDATE access.assessment_round SET stage = 'published'$$, '42501 permission denied for table assessment_round', 'nor leaps over a stage'),
	('publisher', $$UPDATE access.participation SET submitted_at = now()$$, '42501 permission denied for table participation', 'nor submits by hand'),
	('publisher', $$INSERT INTO access.assessment_load (loaded_by, round_code) VALUES ('access_owner', 'r2019')$$,
		'42501 permission denied for table assessment_load', 'nor loads in the name of another'),
	('publisher', $$DELETE FROM access.assessment_load$$, '42501 permission denied for table assessment_load', 'nor unloads what another loaded'),
	('reader', $$INSERT INTO access.member (login_role, capability) VALUES ('access_reader', 'publisher')$$, '42501 permission denied for table member',
		'nobody makes himself a member'),
	('reader', $$SELECT access.add_member('access_reader', 'publisher')$$, '42501 only the owner of schema "access" may add members', 'nor by the function'),
	('publisher', $$SELECT access.remove_member('access_verifier')$$, '42501 only the owner of schema "access" may remove members', 'nor removes others'),
	('reader', $$SET ROLE access_owner$$, '42501 permission denied to set role "access_owner"', 'nor becomes the owner'),
	('reader', $$ALTER SCHEMA access RENAME TO taken$$, '42501 must be owner of schema access', 'nor takes the schema'),
	('reader', $$CREATE TABLE access.mine ()$$, '42501 permission denied for schema access', 'nor puts anything there'),
	('nobody', $$CREATE TABLE pg_temp.mine (LIKE access.assessment)$$, '42501 permission denied for schema access', 'nor even looks at its shape')
) AS a (role, statement, answer, name);

-- An assessor who is a verifier as well.
UPDATE assessment_round SET stage = 'verification';
SELECT is(pg_temp.say('access_both', a.statement), a.answer, a.name)
FROM (VALUES
	($$UPDATE access.assessment SET verified_points = 29, verify_note = 'x' WHERE criterion_id = 3 AND agency_id = 2$$, 'rows 1',
		'who verifies a domain verifies other agencies'),
	($$UPDATE access.assessment SET verified_points = 29, verify_note = 'x' WHERE criterion_id = 3 AND agency_id = 1$$,
		'42501 assessments refused: 1 violations', 'but not the one that he is an assessor of')
) AS a (statement, answer, name);
SELECT lives_ok($$SELECT access.add_member('access_both', 'publisher')$$, 'he becomes a publisher as well');
SELECT is(pg_temp.say('access_both', $$SELECT access.verify_assessment('r2019', 'A', '1.1.1', 29, 'x')$$), '42501 assessments refused: 1 violations',
	'which does not change that');
UPDATE assessment_round SET stage = 'appeal';
SELECT is(pg_temp.say('access_both', $$SELECT access.decide_appeal(1, 'granted', 30)$$), '42501 role "access_both" is an assessor of the agency that appeals',
	'nor does he decide for his own agency');

-- ---- settings that mean something to the owner ---------------------------------------

SELECT is(pg_temp.say('access_publisher', $$SELECT set_config('parindex.writes_publication', '1', true) || set_config('parindex.decides_appeal', '1', true)$$), '11',
	'anybody can set the settings of publish() and decide_appeal()');
SELECT is(pg_temp.say('access_publisher', 'UPDATE access.' || a.statement), '42501 permission denied for table ' || a.relation, a.relation || ': which gives no right')
FROM (VALUES
	('published_score SET rank = 1', 'published_score'),
	('publication SET seal = seal', 'publication'),
	('assessment SET appeal_points = 30', 'assessment'),
	('appeal SET outcome = NULL', 'appeal')
) AS a (statement, relation);
SELECT set_config('parindex.writes_publication', '', true) AS reset, set_config('parindex.decides_appeal', '', true) AS reset_too
\gset

-- ---- functions -------------------------------------------------------------------------

SET LOCAL search_path = public;
CREATE TABLE pg_temp.function AS
SELECT p.oid, p.proname::text AS name, p.oid::regprocedure::text AS identity, p.prosecdef, p.prorettype, p.proconfig, p.proacl,
	format('SELECT access.%I(%s)', p.proname,
		(SELECT string_agg('NULL::' || t::regtype, ', ' ORDER BY n) FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, n))) AS call
FROM pg_proc AS p
WHERE p.pronamespace = 'access'::regnamespace;

SELECT is_empty($$SELECT identity FROM pg_temp.function WHERE prosecdef AND ('search_path=pg_catalog, pg_temp' = ANY (proconfig)) IS NOT TRUE$$,
	'functions of the owner have a pinned search_path');
SELECT is_empty($$
	SELECT identity FROM pg_temp.function
	WHERE prosecdef AND prorettype = 'trigger'::regtype AND (proacl IS NULL OR has_function_privilege('public', oid, 'EXECUTE'))$$,
	'nobody attaches triggers of the owner to tables of his own');
-- What a reader is told by each of them.
SELECT set_eq($$
	SELECT name, CASE WHEN answer LIKE '42501 role "access_reader" is not a publisher %' THEN 'refused' ELSE coalesce(answer, 'NULL') END
	FROM (SELECT f.name, pg_temp.say('access_reader', f.call) AS answer FROM pg_temp.function AS f
		WHERE f.prosecdef AND f.prorettype <> 'trigger'::regtype) AS f$$,
	$$VALUES
	('has_capability', 'false'), ('sees_whole_round', 'false'), ('own_agencies', '{}'), ('own_criteria', '{}'),
	('advance_round', 'refused'), ('return_round', 'refused'), ('publish', 'refused'), ('reopen', 'refused'), ('decide_appeal', 'refused'),
	('unsubmit', 'refused'), ('estimate_survey', 'refused'), ('apply_survey', 'refused'), ('clear_load', '0'),
	('assessment_place', 'P0002 there is no round ""'), ('submit', 'P0002 there is no round ""'), ('file_appeal', 'P0002 there is no round ""'),
	('remove_evidence', 'P0002 there is no evidence  that is yours to remove')
	$$, 'each function of the owner asks for a capability');
SELECT is(pg_temp.say('access_reader', 'SELECT access.' || a.call), a.answer, a.call)
FROM (VALUES
	($$submit('r2019', 'A')$$, '42501 role "access_reader" is not an assessor of agency "A"'),
	($$file_appeal('r2019', 'A', '2.2', 'x')$$, '42501 role "access_reader" is not an assessor of agency "A"'),
	($$self_assess('r2019', 'A', '2.2')$$, '42501 role "access_reader" is not an assessor of agency "A"'),
	($$verify_assessment('r2019', 'A', '2.2')$$, '42501 role "access_reader" is not a verifier of criterion "2.2"'),
	($$remove_evidence(1)$$, 'P0002 there is no evidence 1 that is yours to remove'),
	($$purge_publication(1, 'x')$$, '42501 only the owner of schema "access" may purge a publication'),
	($$has_capability('publisher', 'access_publisher')$$, 'false')
) AS a (call, answer);
SELECT is(pg_temp.say('access_reader', 'SELECT access.' || a.call) LIKE '42501 permission denied%', true, a.call || ' writes with the rights of its caller')
FROM unnest('{"freeze_round(1, 1)","grant_capabilities(''access_reader'')"}'::text[]) AS a (call);

SELECT is_empty($$
	SELECT f.identity, f.answer
	FROM (SELECT f.*, pg_temp.say('access_nobody', f.call) AS answer FROM pg_temp.function AS f) AS f
	WHERE f.answer IS DISTINCT FROM '42501 permission denied for schema access'$$, 'who is no member calls nothing');
SELECT is_empty($$
	SELECT c.role, q.relname
	FROM pg_class AS q
	CROSS JOIN (SELECT role FROM pg_temp.capability WHERE number > 1) AS c
	CROSS JOIN unnest('{nextval,currval,setval}'::text[]) AS f
	WHERE q.relnamespace = 'access'::regnamespace AND q.relkind = 'S'
		AND pg_temp.say(c.role, format('SELECT %s(%L%s)', f, 'access.' || q.relname, CASE f WHEN 'setval' THEN ', 1' END)) NOT LIKE '42501 %'$$,
	'no member moves a sequence');

-- ---- what another schema of the search_path holds -----------------------------------------

SELECT is(pg_temp.say('access_assessor', a.statement), 'rows 0', a.statement)
FROM unnest(ARRAY[
	'CREATE SCHEMA plant',
	'GRANT ALL ON SCHEMA plant TO PUBLIC',
	$$CREATE FUNCTION plant.has_capability(text) RETURNS boolean LANGUAGE sql RETURN true$$,
	$$CREATE FUNCTION plant.require_capability(text) RETURNS void LANGUAGE sql RETURN NULL$$,
	$$CREATE FUNCTION plant.caller() RETURNS name LANGUAGE sql RETURN 'access_owner'::name$$,
	$$CREATE FUNCTION plant.equal(text, text) RETURNS boolean LANGUAGE sql RETURN true$$,
	$$CREATE FUNCTION plant.equal(name, name) RETURNS boolean LANGUAGE sql RETURN true$$,
	'CREATE OPERATOR plant.= (FUNCTION = plant.equal, LEFTARG = text, RIGHTARG = text)',
	'CREATE OPERATOR plant.= (FUNCTION = plant.equal, LEFTARG = name, RIGHTARG = name)',
	'CREATE TEMP TABLE member (login_role name, capability text, agency_id int, stable_key text, valid_from date, valid_to date)',
	'GRANT ALL ON pg_temp.member TO PUBLIC',
	'CREATE TEMP TABLE assessment_round (round_id int, code text, stage text)',
	'GRANT ALL ON pg_temp.assessment_round TO PUBLIC',
	'CREATE TABLE plant.loot (what text)',
	'GRANT ALL ON plant.loot TO PUBLIC'
]) AS a (statement);
INSERT INTO pg_temp.member VALUES ('access_assessor', 'publisher', NULL, NULL, '-infinity', 'infinity');
INSERT INTO pg_temp.assessment_round VALUES (1, 'r2019', 'closing');
CREATE TABLE pg_temp.planted (role name, call text, answer text, wanted text);
-- pgTAP would be led astray itself, so the answers are looked at afterwards.
SET LOCAL search_path = plant, pg_temp, access, public, pg_catalog;
INSERT INTO pg_temp.planted
SELECT a.role, a.call, pg_temp.say(a.role::name, a.call), a.wanted
FROM (VALUES
	('access_assessor', $$SELECT access.has_capability('publisher')$$, 'false'),
	('access_assessor', $$SELECT access.publish(1, 'x', '2020-01-01')$$, '42501 role "access_assessor" is not a publisher in schema "access"'),
	('access_assessor', $$SELECT access.decide_appeal(1, 'granted', 30)$$, '42501 role "access_assessor" is not a publisher in schema "access"'),
	('access_assessor', $$SELECT count(*) FROM access.assessment WHERE agency_id <> 1$$, '0'),
	('access_publisher', $$SELECT access.publish(1, 'x', '2020-01-01')$$, '55000 round "r2019" cannot be published: it is in stage "appeal"')
) AS a (role, call, wanted);
SET LOCAL search_path = public;
SELECT is(p.answer, p.wanted, format('%s by %s, with all of that in the search_path', p.call, p.role))
FROM pg_temp.planted AS p;

-- ---- leaks -----------------------------------------------------------------------------------
-- A function that notes what it is given, and is cheaper than any policy.

SELECT is(pg_temp.say('access_assessor', $$CREATE FUNCTION plant.leak(given text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001
	AS 'BEGIN INSERT INTO plant.loot VALUES (given); RETURN true; END'$$), 'rows 0', 'a leak is planted');
CREATE TABLE pg_temp.leaked AS
SELECT r.relname, c.role, s.answer AS seen, l.answer AS leaked
FROM pg_temp.relation AS r
JOIN pg_temp.seen AS n ON n.relname = r.relname AND n.number > 1 AND n.answer NOT LIKE '42501 %'
JOIN pg_temp.capability AS c ON c.role = n.role
CROSS JOIN LATERAL (SELECT pg_temp.say(c.role, format('SELECT count(*) FROM access.%I', r.relname)) AS answer) AS s
CROSS JOIN LATERAL (
	SELECT pg_temp.say(c.role, 'DELETE FROM plant.loot') AS emptied,
		pg_temp.say(c.role, format('SELECT count(*) FROM access.%I AS r WHERE plant.leak(r::text)', r.relname)) AS found,
		pg_temp.say(c.role, 'SELECT count(*) FROM plant.loot') AS answer
) AS l;
SELECT is_empty('SELECT relname, role, seen, leaked FROM pg_temp.leaked WHERE seen <> leaked', 'no row passes through WHERE that is not seen anyway');
SELECT isnt_empty($$SELECT FROM pg_temp.leaked WHERE relname = 'assessment' AND leaked <> '0'$$, 'while those that are seen do');
SELECT is(pg_temp.say('access_assessor', 'SELECT count(1 / (agency_id - 2)) FROM access.assessment'), (SELECT seen FROM pg_temp.leaked WHERE relname = 'assessment' AND role = 'access_assessor'),
	'nor does the error that a row of B would give');
SELECT is(pg_temp.say('access_assessor', $$INSERT INTO access.assessment (assessment_id, track_id, agency_id, criterion_id, set_id) VALUES (4, 1, 1, 3, 1)$$),
	'42501 permission denied for table assessment', 'nor is there a key to collide with');

-- An administrator's ANALYZE evaluates the index of a member's table as the member.
SELECT is(pg_temp.say('access_assessor', a.statement), 'rows ' || a.rows, 'the assessor prepares: ' || left(a.statement, 40))
FROM (VALUES
	('CREATE TABLE plant.bait (i int)', 0),
	('INSERT INTO plant.bait VALUES (1), (2)', 2),
	($do$CREATE FUNCTION plant.look(i int) RETURNS int LANGUAGE plpgsql
	AS $f$
	BEGIN
		INSERT INTO plant.loot SELECT format('sees %s agencies', count(DISTINCT agency_id)) FROM access.assessment;
		BEGIN
			PERFORM access.return_round(1, 'open', 'stolen');
			INSERT INTO plant.loot VALUES ('leads the round');
		EXCEPTION
			WHEN insufficient_privilege THEN INSERT INTO plant.loot VALUES ('is refused');
		END;
		RETURN i;
	END
	$f$$do$, 0),
	('CREATE FUNCTION plant.spy(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $f$ BEGIN RETURN plant.look(i); END $f$', 0),
	('CREATE INDEX ON plant.bait (plant.spy(i))', 0)
) AS a (statement, rows);
DELETE FROM plant.loot;
ANALYZE plant.bait;
SELECT set_eq('SELECT what FROM plant.loot', $$VALUES ('sees 0 agencies'), ('is refused')$$, 'and has no more rights by it, but less');

-- ---- a ranking is of the whole field --------------------------------------------------------
-- Relations and functions that rank or compare agencies, found by their columns,
-- with a second round that was never published.

INSERT INTO access.assessment_round (programme_id, previous_round_id, code, name_vi, name_en, year, year_label)
VALUES (1, 1, 'r2020', 'Năm 2020', 'Year 2020', 2020, '2020');
INSERT INTO access.round_track (round_id, programme_id, group_id, set_id, scale_id)
SELECT 2, t.programme_id, t.group_id, t.set_id, t.scale_id FROM access.round_track AS t WHERE t.round_id = 1 ORDER BY t.track_id;
INSERT INTO access.participation (track_id, agency_id, round_id)
SELECT p.track_id + 2, p.agency_id, 2 FROM access.participation AS p WHERE p.round_id = 1;
INSERT INTO access.assessment (track_id, agency_id, criterion_id, set_id, measured)
SELECT a.track_id + 2, a.agency_id, a.criterion_id, a.set_id, a.measured FROM access.assessment AS a WHERE a.measured IS NOT NULL;

CREATE TABLE pg_temp.ranking_relation AS
SELECT DISTINCT r.relname,
	CASE WHEN EXISTS (SELECT FROM pg_attribute AS k WHERE k.attrelid = r.oid AND k.attname = 'round_id') THEN 'round_id' ELSE 'publication_id' END AS part
FROM pg_temp.relation AS r
JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE a.attname ~ '(^|_)(rank|tied_count|group_no|percentile|mean|median|q[13]|best)$|^gap_to_';
SELECT set_eq('SELECT relname::text FROM pg_temp.ranking_relation', $$VALUES
	('published_score'), ('published_criterion'), ('published_statistic'),
	('inherited_score'), ('current_score'), ('current_criterion'), ('ranking'), ('domain_score'), ('criterion_score'), ('criterion_change'),
	('year_on_year'), ('strength_weakness'), ('award_list')$$, 'relations that rank or compare');
-- Of each round or publication as many rows as the owner sees, or none.
CREATE TABLE pg_temp.field AS
SELECT r.relname, c.role, c.number, pg_temp.say(c.role, format(
	$$SELECT coalesce(string_agg(g.part, ' ' ORDER BY g.part), '') FROM (SELECT concat_ws('=', %I, count(*)) AS part FROM access.%I GROUP BY %1$I) AS g$$,
	r.part, r.relname)) AS answer
FROM pg_temp.ranking_relation AS r
CROSS JOIN pg_temp.capability AS c;
SELECT is_empty($$
	SELECT f.relname, f.role, f.answer, o.answer
	FROM pg_temp.field AS f
	JOIN pg_temp.field AS o ON o.relname = f.relname AND o.number = 1
	WHERE f.number < 7 AND NOT string_to_array(f.answer, ' ') <@ string_to_array(o.answer, ' ')$$, 'of a round they show the whole field, or nothing');
SELECT set_eq($$SELECT role::text, answer FROM pg_temp.field WHERE relname = 'ranking'$$, $$VALUES
	('access_owner', '1=13 2=13'), ('access_publisher', '1=13 2=13'), ('access_verifier', '1=13 2=13'),
	('access_verifier_1', '1=13'), ('access_assessor', '1=13'), ('access_reader', '1=13'),
	('access_nobody', '42501 permission denied for schema access')$$, 'a round that is not published is ranked for those who see all of it');

CREATE TABLE pg_temp.ranking_function AS
SELECT f.name, f.oid
FROM pg_temp.function AS f
WHERE EXISTS (
	SELECT FROM pg_proc AS p
	LEFT JOIN pg_type AS t ON t.oid = p.prorettype
	LEFT JOIN pg_attribute AS a ON a.attrelid = t.typrelid AND a.attnum > 0
	WHERE p.oid = f.oid AND p.proretset
		AND (a.attname ~ '^(rank|mean|percent)$' OR p.proargnames && '{rank_after}'));
SELECT set_eq('SELECT name FROM pg_temp.ranking_function', $$VALUES
	-- By round: for those who see all of it.
	('live_sheets'), ('live_leaves'), ('live_criteria'), ('live_scores'), ('live_statistics'), ('suppose_inputs'),
	-- By what is published, or either.
	('suppose_published'), ('what_if'), ('published_sheets'), ('published_leaves'),
	-- Of the rows that they are given.
	('apply_rules'), ('score_nodes'), ('score_sheets'), ('describe_nodes'), ('change_leaves'), ('hold_index')$$, 'functions that rank or compare');
SELECT is(pg_temp.say(c.role, 'SELECT count(*) FROM access.' || f.call),
	CASE
		WHEN c.number = 7 THEN '42501 permission denied for schema access'
		WHEN c.number > 3 THEN format('42501 role "%s" may not see the whole round', c.role)
		ELSE pg_temp.say('access_owner', 'SELECT count(*) FROM access.' || f.call)
	END, format('%s by %s', f.call, c.role))
FROM unnest('{live_sheets(1),live_leaves(1),live_criteria(1),live_scores(1),live_statistics(1),live_round(1),live_nodes(1),preview(1),"suppose_inputs(1, ''{}'')","what_if(1, ''[]'', ''inputs'')"}'::text[]) AS f (call)
CROSS JOIN pg_temp.capability AS c
WHERE c.number > 1;
SELECT is(pg_temp.say(c.role, format('SELECT count(%s) FROM access.%s', f.figure, f.call)), '9', format('%s by %s ranks all nine central agencies', f.call, c.role))
FROM (VALUES
	('rank', $$suppose_published(1, '{}')$$),
	('rank_after', $$what_if(1, '[{"agency": "A", "criterion": "1.1.1", "points": 1}]')$$)
) AS f (figure, call)
CROSS JOIN pg_temp.capability AS c
WHERE c.number BETWEEN 2 AND 6;

SAVEPOINT expired;
UPDATE access.member SET valid_to = current_date WHERE login_role IN ('access_verifier', 'access_assessor');
UPDATE access.member SET valid_from = current_date + 1 WHERE login_role = 'access_publisher';
SELECT is(pg_temp.say(a.role, a.statement), a.answer, a.role || ', out of his time: ' || a.statement)
FROM (VALUES
	('access_verifier'::name, 'SELECT access.sees_whole_round()', 'false'),
	('access_verifier', 'SELECT count(*) FROM access.assessment', '0'),
	('access_assessor', 'SELECT count(*) FROM access.assessment', '0'),
	('access_assessor', 'SELECT access.own_agencies()', '{}'),
	('access_publisher', $$SELECT access.publish(1, 'x', '2020-01-01')$$, '42501 role "access_publisher" is not a publisher in schema "access"')
) AS a (role, statement, answer);
ROLLBACK TO expired;

-- ---- taking a capability back ------------------------------------------------------------------

SELECT is(pg_temp.say('access_owner', format('SELECT access.remove_member(%L)', c.role)), '1', 'the owner removes ' || c.role)
FROM pg_temp.capability AS c
WHERE c.number BETWEEN 2 AND 6;
SELECT is_empty($$
	SELECT c.role, r.relname, p
	FROM pg_temp.capability AS c
	CROSS JOIN pg_temp.relation AS r
	CROSS JOIN unnest('{SELECT,INSERT,UPDATE,REFERENCES}'::text[]) AS p
	WHERE c.number > 1 AND (has_any_column_privilege(c.role, r.oid, p) OR has_table_privilege(c.role, r.oid, 'DELETE'))$$, 'they have no right left on any table or column');
SELECT is(pg_temp.say(c.role, 'SELECT count(*) FROM access.publication'), '42501 permission denied for schema access', c.role || ' is outside')
FROM pg_temp.capability AS c
WHERE c.number BETWEEN 2 AND 6;
SELECT is(access.remove_member('access_both', 'publisher'), 1, 'one capability of several is removed');
SELECT is(pg_temp.say('access_both', $$SELECT access.has_capability('publisher'), access.has_capability('assessor')$$), 'false', 'that one');
SELECT is(pg_temp.say('access_both', $$DELETE FROM access.participation$$), '42501 permission denied for table participation', 'with what belongs to it');
SELECT is(pg_temp.say('access_both', $$SELECT access.has_capability('assessor')$$), 'true', 'but no other');
DROP OWNED BY access_assessor;
SELECT lives_ok($$DROP ROLE access_publisher, access_verifier, access_verifier_1, access_assessor, access_reader$$, 'nothing of them is left');

SELECT * FROM finish();
ROLLBACK;
