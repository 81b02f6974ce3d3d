-- Loads the files of this folder into the model in schema quang_ninh. What is
-- real and what is made up: README.md.

-- The files, as they are ------------------------------------------------------

CREATE TEMP TABLE agency_group_file (
	code text, name_vi text, name_en text, sort_order int
);
CREATE TEMP TABLE agency_file (
	code text, group_code text, parent_code text, name_vi text, name_en text, sort_order int,
	valid_from date, valid_to date, merged_into text, merged_on date, note text
);
CREATE TEMP TABLE criteria_2018_file (
	code text, parent_code text, label_vi text, label_en text, max_points numeric, rule text, source text,
	unit_measure text, decimals int, target numeric, stable_key text
);
CREATE TEMP TABLE criteria_2018_departments_file (LIKE criteria_2018_file);
CREATE TEMP TABLE criteria_2019_file (LIKE criteria_2018_file);
CREATE TEMP TABLE criteria_2019_departments_file (LIKE criteria_2018_file);
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

\copy agency_group_file from 'agency_groups.csv' with (format csv, header)
\copy agency_file from 'agencies.csv' with (format csv, header)
\copy criteria_2018_file from 'criteria_2018.csv' with (format csv, header)
\copy criteria_2018_departments_file from 'criteria_2018_departments.csv' with (format csv, header)
\copy criteria_2019_file from 'criteria_2019.csv' with (format csv, header)
\copy criteria_2019_departments_file from 'criteria_2019_departments.csv' with (format csv, header)
\copy grade_band_file from 'grade_bands.csv' with (format csv, header)
\copy round_file from 'rounds.csv' with (format csv, header)
\copy track_file from 'tracks.csv' with (format csv, header)
\copy participation_file from 'participation.csv' with (format csv, header)
\copy assessment_file from 'assessments_2018.csv' with (format csv, header)
\copy assessment_file from 'assessments_2019.csv' with (format csv, header)
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

CREATE TEMP VIEW criterion_file AS
SELECT 'central_2018' AS set_code, * FROM criteria_2018_file
UNION ALL
SELECT 'department_2018', * FROM criteria_2018_departments_file
UNION ALL
SELECT 'central_2019', * FROM criteria_2019_file
UNION ALL
SELECT 'department_2019', * FROM criteria_2019_departments_file;

INSERT INTO criterion (set_id, code, name_vi, name_en, sort_order, max_points, rule, source, unit_measure, decimals,
	target, stable_key)
SELECT s.set_id, f.code, f.label_vi, f.label_en,
	row_number() OVER (PARTITION BY s.set_id ORDER BY string_to_array(f.code, '.')::int[]),
	f.max_points, f.rule, f.source, f.unit_measure, f.decimals, f.target, f.stable_key
FROM criterion_file AS f
JOIN criteria_set AS s ON s.code = f.set_code;

UPDATE criterion AS c
SET parent_id = p.criterion_id
FROM criterion_file AS f
JOIN criteria_set AS s ON s.code = f.set_code
JOIN criterion AS p ON p.set_id = s.set_id AND p.code = f.parent_code
WHERE c.set_id = s.set_id AND c.code = f.code;

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

CREATE TEMP VIEW assessment_row AS
SELECT p.track_id, p.agency_id, c.criterion_id, c.set_id, f.*
FROM assessment_file AS f
JOIN assessment_round AS r ON r.year = f.year
JOIN agency AS a ON a.code = f.agency_code
JOIN participation AS p ON p.round_id = r.round_id AND p.agency_id = a.agency_id
JOIN round_track AS t ON t.track_id = p.track_id
JOIN criterion AS c ON c.set_id = t.set_id AND c.code = f.criterion_code;

INSERT INTO applicability (track_id, agency_id, criterion_id, set_id, reason)
SELECT track_id, agency_id, criterion_id, set_id, verify_note
FROM assessment_row
WHERE status = 'not_applicable';

-- Self-assessment; what surveys and records say comes in with it ---------------

SELECT advance_round(round_id) AS stage FROM assessment_round;

INSERT INTO assessment (track_id, agency_id, criterion_id, set_id, measured, numerator, denominator, self_points,
	explanation, obs_status)
SELECT track_id, agency_id, criterion_id, set_id, measured, numerator, denominator, self_points,
	explanation, CASE status WHEN 'missing' THEN 'M' ELSE 'A' END
FROM assessment_row
WHERE status <> 'not_applicable';

INSERT INTO evidence (assessment_id, url, sha256)
SELECT a.assessment_id, f.evidence_url, f.evidence_sha256
FROM assessment_row AS f
JOIN assessment AS a USING (track_id, agency_id, criterion_id)
WHERE f.evidence_url IS NOT NULL;

UPDATE participation AS p
SET submitted_at = r.self_assessment_deadline, submitted_by = session_user
FROM assessment_round AS r
WHERE r.round_id = p.round_id AND EXISTS (
	SELECT FROM assessment AS a
	WHERE a.track_id = p.track_id AND a.agency_id = p.agency_id AND a.self_points IS NOT NULL);

ANALYZE assessment, criterion, evidence, participation;

-- Verification ----------------------------------------------------------------

SELECT advance_round(round_id) AS stage FROM assessment_round;

UPDATE assessment AS a
SET verified_points = f.verified_points, verify_note = f.verify_note, verified_by = session_user, verified_at = now()
FROM assessment_row AS f
WHERE (a.track_id, a.agency_id, a.criterion_id) = (f.track_id, f.agency_id, f.criterion_id)
	AND f.verified_points IS NOT NULL;

-- Appeals ---------------------------------------------------------------------

SELECT advance_round(round_id) AS stage FROM assessment_round;

INSERT INTO appeal (assessment_id, reason, wanted_points, outcome, decided_by, decided_at)
SELECT a.assessment_id, f.appeal_reason, f.self_points, f.appeal_decision, session_user, now()
FROM assessment_row AS f
JOIN assessment AS a USING (track_id, agency_id, criterion_id)
WHERE f.appeal_reason IS NOT NULL;

UPDATE assessment AS a
SET appeal_points = f.appeal_points
FROM assessment_row AS f
WHERE (a.track_id, a.agency_id, a.criterion_id) = (f.track_id, f.agency_id, f.criterion_id)
	AND f.appeal_points IS NOT NULL;

-- Publication -----------------------------------------------------------------

SELECT advance_round(round_id) AS stage FROM assessment_round;

SELECT publish(r.round_id, f.decision_no, f.decision_date)
FROM (TABLE round_file ORDER BY year) AS f
JOIN assessment_round AS r ON r.code = f.code;

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
