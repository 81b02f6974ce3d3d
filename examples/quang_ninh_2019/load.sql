-- Loads the files of this folder into the model in schema quang_ninh and takes
-- both rounds through their stages, by the functions that people would call.
-- What is real and what is made up: README.md.

-- The files, as they are ------------------------------------------------------

CREATE TEMP TABLE agency_group_file (
	code text, name_vi text, name_en text, sort_order int
);
CREATE TEMP TABLE agency_file (
	code text, group_code text, parent_code text, name_vi text, name_en text, sort_order int,
	valid_from date, valid_to date, merged_into text, merged_on date, note text
);
CREATE TEMP TABLE grade_band_file (
	scale_code text, code text, name_vi text, name_en text, lower_bound numeric, sort_order int
);
CREATE TEMP TABLE round_file (
	year int, code text, previous_code text, name_vi text, name_en text, self_assessment_deadline timestamptz,
	verification_deadline timestamptz, appeal_deadline timestamptz, decision_no text, decision_date date, note text
);
CREATE TEMP TABLE track_file (
	year int, group_code text, criteria_file text, set_code text, set_name_vi text, set_name_en text,
	scale_code text, digits int, publish_as text, bonus_cap numeric, penalty_cap numeric, tie_break text
);
CREATE TEMP TABLE participation_file (
	year int, group_code text, agency_code text, outcome text, months_covered int, in_reference boolean,
	reason_vi text, reason_en text
);
CREATE TEMP TABLE assessment_file (
	year int, agency_code text, criterion_code text, measured numeric, numerator numeric, denominator numeric,
	self_points numeric, explanation text, verified_points numeric, verify_note text, status text,
	evidence_url text, evidence_sha256 text, appeal_points numeric, appeal_reason text, appeal_decision text,
	origin text
);
CREATE TEMP TABLE adjustment_file (
	year int, agency_code text, kind text, points numeric, reason_vi text, reason_en text, legal_reference text,
	note text
);
CREATE TEMP TABLE action_file (
	code text, name_vi text, name_en text, lead_agency_code text, partner_agency_codes text, starts_on date,
	due_on date, percent numeric, completed_on date, progress_note text, stable_keys text, note text
);
CREATE TEMP TABLE award_file (
	year int, kind text, agency_code text, person_name text, name_vi text, name_en text, decision_no text,
	decision_date date, citation_vi text, citation_en text, note text
);
CREATE TEMP TABLE published_file (
	year int, agency_code text, group_code text, index_percent numeric, rank int, note text
);

CREATE TEMP TABLE survey_district_file (
	code text, name_vi text, name_en text, communes_sampled int, communes int, note text
);
CREATE TEMP TABLE survey_service_file (
	code text, name_vi text, name_en text, sort_order int, part numeric
);
CREATE TEMP TABLE survey_factor_file (
	code text, name_vi text, name_en text, sort_order int, measure text, stable_key text, questions text, texts_vi text, texts_en text
);
CREATE TEMP TABLE respondent_file (
	agency_code text, district text, commune text, service text, weight numeric, responded boolean, answers text,
	respondent_id bigint DEFAULT nextval(pg_get_serial_sequence('respondent', 'respondent_id'))
);

\copy agency_group_file from 'agency_groups.csv' with (format csv, header)
\copy agency_file from 'agencies.csv' with (format csv, header)
\copy grade_band_file from 'grade_bands.csv' with (format csv, header)
\copy round_file from 'rounds.csv' with (format csv, header)
\copy track_file from 'tracks.csv' with (format csv, header)
\copy participation_file from 'participation.csv' with (format csv, header)
\copy assessment_file from 'assessments_2018.csv' with (format csv, header)
\copy assessment_file from 'assessments_2019.csv' with (format csv, header)
\copy survey_district_file from 'survey_districts.csv' with (format csv, header)
\copy survey_service_file from 'survey_services.csv' with (format csv, header)
\copy survey_factor_file from 'survey_factors.csv' with (format csv, header)
\copy respondent_file (agency_code, district, commune, service, weight, responded, answers) from 'survey_2019.csv' with (format csv, header)
\copy adjustment_file from 'sheet_adjustments.csv' with (format csv, header)
\copy action_file from 'actions_2019.csv' with (format csv, header)
\copy award_file from 'awards_2019.csv' with (format csv, header)
\copy published_file from 'published.csv' with (format csv, header)

-- Agencies --------------------------------------------------------------------

INSERT INTO agency_group (code, name_vi, name_en, sort_order)
SELECT code, name_vi, name_en, sort_order
FROM agency_group_file;

INSERT INTO agency (group_id, code, name_vi, name_en, sort_order, valid_from, valid_to)
SELECT g.group_id, f.code, f.name_vi, f.name_en, f.sort_order,
	coalesce(f.valid_from, '-infinity'), coalesce(f.valid_to, 'infinity')
FROM agency_file AS f
JOIN agency_group AS g ON g.code = f.group_code;

UPDATE agency AS a
SET parent_id = p.agency_id
FROM agency_file AS f
JOIN agency AS p ON p.code = f.parent_code
WHERE a.code = f.code;

INSERT INTO agency_succession (predecessor_id, successor_id, effective_on)
SELECT a.agency_id, s.agency_id, f.merged_on
FROM agency_file AS f
JOIN agency AS a ON a.code = f.code
JOIN agency AS s ON s.code = f.merged_into;

-- Criteria --------------------------------------------------------------------

INSERT INTO index_programme (code, name_vi, name_en)
VALUES ('PAR', 'Chỉ số cải cách hành chính', 'Public Administration Reform index');

INSERT INTO criteria_set (programme_id, code, name_vi, name_en)
SELECT p.programme_id, f.set_code, f.set_name_vi, f.set_name_en
FROM track_file AS f, index_programme AS p
ORDER BY f.year, f.set_code;

\copy criterion_load (code, parent, label_vi, label_en, max_points, rule, source, unit_measure, decimals, target, stable_key) from 'criteria_2018.csv' with (format csv, header)
SELECT apply_criteria_load('central_2018') \g /dev/null
\copy criterion_load (code, parent, label_vi, label_en, max_points, rule, source, unit_measure, decimals, target, stable_key) from 'criteria_2018_departments.csv' with (format csv, header)
SELECT apply_criteria_load('department_2018') \g /dev/null
\copy criterion_load (code, parent, label_vi, label_en, max_points, rule, source, unit_measure, decimals, target, stable_key) from 'criteria_2019.csv' with (format csv, header)
SELECT apply_criteria_load('central_2019') \g /dev/null
\copy criterion_load (code, parent, label_vi, label_en, max_points, rule, source, unit_measure, decimals, target, stable_key) from 'criteria_2019_departments.csv' with (format csv, header)
SELECT apply_criteria_load('department_2019') \g /dev/null

INSERT INTO tie_break (set_id, position, criterion_id)
SELECT s.set_id, b.position, c.criterion_id
FROM track_file AS f
JOIN criteria_set AS s ON s.code = f.set_code
CROSS JOIN LATERAL string_to_table(f.tie_break, ';') WITH ORDINALITY AS b (code, position)
JOIN criterion AS c ON c.set_id = s.set_id AND c.code = b.code;

INSERT INTO grade_scale (code, name_vi, name_en)
VALUES ('par_grades', 'Xếp loại cải cách hành chính (giả định)', 'Grades of administrative reform (made up)');

INSERT INTO grade_band (scale_id, code, name_vi, name_en, sort_order, lower_bound)
SELECT s.scale_id, f.code, f.name_vi, f.name_en, f.sort_order, f.lower_bound
FROM grade_band_file AS f
JOIN grade_scale AS s ON s.code = f.scale_code;

-- Rounds ----------------------------------------------------------------------

INSERT INTO assessment_round (programme_id, code, name_vi, name_en, year, year_label,
	self_assessment_deadline, verification_deadline, appeal_deadline)
SELECT p.programme_id, f.code, f.name_vi, f.name_en, f.year, f.year,
	f.self_assessment_deadline, f.verification_deadline, f.appeal_deadline
FROM round_file AS f, index_programme AS p;

UPDATE assessment_round AS r
SET previous_round_id = p.round_id
FROM round_file AS f
JOIN assessment_round AS p ON p.code = f.previous_code
WHERE r.code = f.code;

INSERT INTO round_track (round_id, programme_id, group_id, set_id, scale_id, digits, publish_as, bonus_cap, penalty_cap)
SELECT r.round_id, r.programme_id, g.group_id, s.set_id, l.scale_id, f.digits, f.publish_as, f.bonus_cap, f.penalty_cap
FROM track_file AS f
JOIN assessment_round AS r ON r.year = f.year
JOIN agency_group AS g ON g.code = f.group_code
JOIN criteria_set AS s ON s.code = f.set_code
JOIN grade_scale AS l ON l.code = f.scale_code;

INSERT INTO participation (track_id, agency_id, round_id, months_covered, in_reference, outcome, reason)
SELECT t.track_id, a.agency_id, r.round_id, f.months_covered, f.in_reference, f.outcome, f.reason_vi
FROM participation_file AS f
JOIN assessment_round AS r ON r.year = f.year
JOIN agency_group AS g ON g.code = f.group_code
JOIN round_track AS t ON t.round_id = r.round_id AND t.group_id = g.group_id
JOIN agency AS a ON a.code = f.agency_code;

INSERT INTO sheet_adjustment (track_id, agency_id, kind, points, reason, legal_reference)
SELECT p.track_id, p.agency_id, f.kind, f.points, f.reason_vi, f.legal_reference
FROM adjustment_file AS f
JOIN assessment_round AS r ON r.year = f.year
JOIN agency AS a ON a.code = f.agency_code
JOIN participation AS p ON p.round_id = r.round_id AND p.agency_id = a.agency_id;

INSERT INTO applicability (track_id, agency_id, criterion_id, set_id, reason)
SELECT p.track_id, p.agency_id, c.criterion_id, c.set_id, f.verify_note
FROM assessment_file AS f
JOIN assessment_round AS r ON r.year = f.year
JOIN agency AS a ON a.code = f.agency_code
JOIN participation AS p ON p.round_id = r.round_id AND p.agency_id = a.agency_id
JOIN round_track AS t ON t.track_id = p.track_id
JOIN criterion AS c ON c.set_id = t.set_id AND c.code = f.criterion_code
WHERE f.status = 'not_applicable';

-- Self-assessment; what surveys and records say comes in with it ---------------

SELECT advance_round(round_id) FROM assessment_round \g /dev/null

INSERT INTO assessment_load (round_code, agency_code, criterion_code, measured, numerator, denominator, self_points,
	explanation, evidence_url, evidence_sha256)
SELECT r.code, f.agency_code, f.criterion_code, f.measured, f.numerator, f.denominator, f.self_points,
	f.explanation, f.evidence_url, f.evidence_sha256
FROM assessment_file AS f
JOIN round_file AS r ON r.year = f.year
WHERE num_nonnulls(f.measured, f.numerator, f.explanation) > 0;

SELECT apply_load() \g /dev/null

ANALYZE agency, applicability, assessment, criterion, evidence, participation;

-- An agency that assessed nothing itself never submits.
SELECT submit(r.code, f.agency_code)
FROM assessment_file AS f
JOIN round_file AS r ON r.year = f.year
WHERE f.self_points IS NOT NULL
GROUP BY r.code, f.agency_code \g /dev/null

-- Survey: communes drawn by district, with the answers made up ----------------

INSERT INTO survey (round_id, code, name_vi, name_en, starts_on, ends_on)
SELECT round_id, 'satisfaction', 'Khảo sát mức độ hài lòng năm 2019 (số liệu giả định)',
	'Survey of satisfaction 2019 (made up)', '2019-10-01', '2019-11-30'
FROM assessment_round
WHERE year = 2019;

INSERT INTO survey_service (survey_id, code, name_vi, name_en, sort_order)
SELECT s.survey_id, f.code, f.name_vi, f.name_en, f.sort_order
FROM survey_service_file AS f, survey AS s;

INSERT INTO survey_factor (survey_id, code, name_vi, name_en, sort_order, stable_key, measure)
SELECT s.survey_id, f.code, f.name_vi, f.name_en, f.sort_order, f.stable_key, f.measure
FROM survey_factor_file AS f, survey AS s;

INSERT INTO question (survey_id, factor_code, code, text_vi, text_en, sort_order)
SELECT f.survey_id, f.code, q.code, q.text_vi, q.text_en, row_number() OVER (ORDER BY f.sort_order, q.place)
FROM survey_factor AS f
JOIN survey_factor_file AS x ON x.code = f.code
CROSS JOIN LATERAL unnest(string_to_array(x.questions, ';'), string_to_array(x.texts_vi, ';'), string_to_array(x.texts_en, ';'))
	WITH ORDINALITY AS q (code, text_vi, text_en, place);

INSERT INTO survey_stratum (survey_id, code, name_vi, name_en, psus_sampled, psus_population)
SELECT s.survey_id, f.code, f.name_vi, f.name_en, f.communes_sampled, f.communes
FROM survey_district_file AS f, survey AS s;

INSERT INTO survey_psu (survey_id, stratum_id, code)
SELECT DISTINCT s.survey_id, s.stratum_id, f.commune
FROM respondent_file AS f
JOIN survey_stratum AS s ON s.code = f.district;

INSERT INTO respondent (respondent_id, survey_id, stratum_id, psu_id, agency_id, service_id, weight, responded)
SELECT f.respondent_id, p.survey_id, p.stratum_id, p.psu_id, a.agency_id, v.service_id, f.weight, f.responded
FROM respondent_file AS f
JOIN survey_psu AS p ON p.code = f.commune
JOIN survey_service AS v ON v.code = f.service
JOIN agency AS a ON a.code = f.agency_code;

INSERT INTO response (respondent_id, question_id, survey_id, answer)
SELECT f.respondent_id, q.question_id, q.survey_id, g.answer::smallint
FROM respondent_file AS f
CROSS JOIN LATERAL string_to_table(f.answers, ';') WITH ORDINALITY AS g (answer, place)
JOIN question AS q ON q.sort_order = g.place
WHERE g.answer <> '';

ANALYZE question, respondent, response, survey_factor, survey_psu, survey_stratum;

SELECT estimate_survey(survey_id), apply_survey(survey_id) FROM survey \g /dev/null

-- Verification ----------------------------------------------------------------

SELECT advance_round(round_id) FROM assessment_round \g /dev/null

INSERT INTO assessment_load (round_code, agency_code, criterion_code, verified_points, verify_note)
SELECT r.code, f.agency_code, f.criterion_code, f.verified_points, f.verify_note
FROM assessment_file AS f
JOIN round_file AS r ON r.year = f.year
WHERE f.verified_points IS NOT NULL;

SELECT apply_load() \g /dev/null

-- Appeals ---------------------------------------------------------------------

SELECT advance_round(round_id) FROM assessment_round \g /dev/null

SELECT decide_appeal(
	file_appeal(r.code, f.agency_code, f.criterion_code, f.appeal_reason, f.self_points), f.appeal_decision, f.appeal_points)
FROM assessment_file AS f
JOIN round_file AS r ON r.year = f.year
WHERE f.appeal_reason IS NOT NULL \g /dev/null

-- Publication -----------------------------------------------------------------

SELECT advance_round(round_id) FROM assessment_round \g /dev/null

SELECT publish(r.round_id, f.decision_no, f.decision_date)
FROM (TABLE round_file ORDER BY year) AS f
JOIN assessment_round AS r ON r.code = f.code \g /dev/null

INSERT INTO award (publication_id, kind, agency_id, person_name, name_vi, name_en, decision_no, decision_date)
SELECT p.publication_id, f.kind, a.agency_id, f.person_name, f.name_vi, f.name_en, f.decision_no, f.decision_date
FROM award_file AS f
JOIN assessment_round AS r ON r.year = f.year
JOIN publication AS p ON p.round_id = r.round_id
JOIN agency AS a ON a.code = f.agency_code;

-- Action plan -----------------------------------------------------------------

INSERT INTO action (round_id, lead_agency_id, code, name_vi, name_en, sort_order, starts_on, due_on)
SELECT r.round_id, a.agency_id, f.code, f.name_vi, f.name_en, row_number() OVER (ORDER BY f.code), f.starts_on, f.due_on
FROM action_file AS f
JOIN assessment_round AS r ON r.code = 'par_2019'
JOIN agency AS a ON a.code = f.lead_agency_code;

INSERT INTO action_partner (action_id, agency_id)
SELECT s.action_id, a.agency_id
FROM action_file AS f
JOIN action AS s ON s.code = f.code
CROSS JOIN LATERAL string_to_table(f.partner_agency_codes, ';') AS partner (code)
JOIN agency AS a ON a.code = partner.code;

INSERT INTO action_criterion (action_id, stable_key)
SELECT s.action_id, lifted.stable_key
FROM action_file AS f
JOIN action AS s ON s.code = f.code
CROSS JOIN LATERAL string_to_table(f.stable_keys, ';') AS lifted (stable_key);

-- What is not done was last reported at the end of the year.
INSERT INTO action_progress (action_id, reported_on, percent, note)
SELECT s.action_id, coalesce(f.completed_on, '2019-12-31'), f.percent, f.progress_note
FROM action_file AS f
JOIN action AS s ON s.code = f.code;

ANALYZE;

-- What was published must come out --------------------------------------------

DO $$
DECLARE
	lost text;
BEGIN
	SELECT string_agg(format('%s %s: %s, rank %s', f.year, f.agency_code, f.index_percent, f.rank), E'\n') INTO lost
	FROM published_file AS f
	WHERE NOT EXISTS (
		SELECT
		FROM ranking AS r
		JOIN agency_group AS g ON g.group_id = r.group_id
		WHERE r.year = f.year
			AND r.agency_code = f.agency_code
			AND g.code = f.group_code
			AND r.index_percent = f.index_percent
			AND r.rank = f.rank);
	IF lost IS NOT NULL THEN
		RAISE EXCEPTION USING MESSAGE = 'the ranking is not as published', DETAIL = lost;
	END IF;
END
$$;
