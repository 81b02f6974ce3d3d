-- A small round, made up, that reaches every table a publication reads: two
-- tracks, leaves at two depths, evidence, an appeal, what does not apply, bonus
-- and penalty, an agency hors concours, an action, an award. It runs in the
-- model's schema, which search_path names, as a role that may do everything there.
INSERT INTO agency_group (code, name_vi, name_en, sort_order) VALUES
	('central', 'Cơ quan trung ương', 'Central agencies', 1),
	('commune', 'Xã, phường', 'Communes', 2);
INSERT INTO agency (group_id, code, name_vi, name_en, sort_order)
SELECT g.group_id, a.code, a.name_vi, a.name_en, a.sort_order
FROM agency_group AS g
JOIN (VALUES
	('central', 'customs', 'Cục Hải quan', 'Customs', 1),
	('central', 'tax', 'Cục Thuế', 'Tax', 2),
	('central', 'statistics', 'Cục Thống kê', 'Statistics', 3),
	('commune', 'ha_long', 'Hạ Long, "phường" \ {1}', 'Ha Long', 4),
	('commune', 'uong_bi', 'Uông Bí', 'Uong Bi', 5)
) AS a (group_code, code, name_vi, name_en, sort_order) ON a.group_code = g.code;
INSERT INTO index_programme (code, name_vi, name_en) VALUES ('par', 'Cải cách hành chính', 'Administrative reform');
INSERT INTO criteria_set (programme_id, code, name_vi, name_en, decision_no, decision_date)
SELECT programme_id, 'par-2019', 'Bộ tiêu chí 2019', 'Criteria 2019', '1/QĐ', '2019-01-31' FROM index_programme;
INSERT INTO criterion (set_id, code, name_vi, name_en, sort_order, max_points, rule, source, stable_key)
SELECT set_id, c.code, 'Tiêu chí ' || c.code, 'Criterion ' || c.code, c.sort_order, c.max_points, c.rule, c.source, 'key.' || c.code
FROM criteria_set
CROSS JOIN (VALUES
	('1', 1, 60, NULL, NULL),
	('1.1', 2, 40, NULL, NULL),
	('1.1.1', 3, 30, '>0.9: 30, >=0.7: 15, else 0', 'record'),
	('1.1.2', 4, 10, 'yes: 10, no: 0', 'self_assessed'),
	('1.2', 5, 20, 'points, max 20', 'self_assessed'),
	('2', 6, 40, NULL, NULL),
	('2.1', 7, 40, 'minmax, max 40', 'survey')
) AS c (code, sort_order, max_points, rule, source);
UPDATE criterion AS c
SET parent_id = p.criterion_id
FROM criterion AS p
WHERE c.code LIKE '_%._' AND p.code = left(c.code, -2);
INSERT INTO tie_break (set_id, position, criterion_id)
SELECT set_id, 1, criterion_id FROM criterion WHERE code = '2';
INSERT INTO grade_scale (code, name_vi, name_en) VALUES ('abc', 'Xếp loại', 'Grades');
INSERT INTO grade_band (scale_id, code, name_vi, name_en, sort_order, lower_bound, quota)
SELECT scale_id, b.code, 'Loại ' || b.code, 'Grade ' || b.code, b.sort_order, b.lower_bound, b.quota
FROM grade_scale
CROSS JOIN (VALUES ('A', 1, 80, 0.5), ('B', 2, 50, NULL), ('C', 3, 0, NULL)) AS b (code, sort_order, lower_bound, quota);
INSERT INTO assessment_round (programme_id, code, name_vi, name_en, year, year_label)
SELECT programme_id, 'par-2019', 'Năm 2019', 'Year 2019', 2019, '2019' FROM index_programme;
INSERT INTO round_track (round_id, programme_id, group_id, set_id, scale_id, publish_as, group_count, bonus_cap)
SELECT r.round_id, r.programme_id, g.group_id, s.set_id, x.scale_id,
	CASE g.code WHEN 'central' THEN 'ranks' ELSE 'groups' END, CASE g.code WHEN 'commune' THEN 2 END, 2
FROM assessment_round AS r
CROSS JOIN agency_group AS g
CROSS JOIN criteria_set AS s
CROSS JOIN grade_scale AS x;
INSERT INTO participation (track_id, agency_id, round_id, outcome, reason)
SELECT t.track_id, a.agency_id, t.round_id,
	CASE a.code WHEN 'statistics' THEN 'unranked' ELSE 'ranked' END,
	CASE a.code WHEN 'statistics' THEN 'Thành lập giữa năm' END
FROM round_track AS t
JOIN agency AS a ON a.group_id = t.group_id;
INSERT INTO applicability (track_id, agency_id, criterion_id, set_id, reason)
SELECT t.track_id, a.agency_id, c.criterion_id, c.set_id, 'Không có thủ tục'
FROM round_track AS t
JOIN agency AS a ON a.group_id = t.group_id
JOIN criterion AS c ON c.set_id = t.set_id
WHERE a.code = 'tax' AND c.code = '1.1.2';
INSERT INTO sheet_adjustment (track_id, agency_id, kind, points, reason, legal_reference)
SELECT t.track_id, a.agency_id, v.kind, v.points, 'Sáng kiến', 'Điều 3'
FROM round_track AS t
JOIN agency AS a ON a.group_id = t.group_id
CROSS JOIN (VALUES ('bonus', 3), ('penalty', 0.5)) AS v (kind, points)
WHERE a.code = 'customs';

SELECT advance_round(round_id) AS stage FROM assessment_round;
INSERT INTO assessment (track_id, agency_id, criterion_id, set_id, measured, numerator, denominator, self_points,
	explanation, standard_error)
SELECT t.track_id, a.agency_id, c.criterion_id, c.set_id,
	CASE c.code WHEN '2.1' THEN 0.1 * a.sort_order + 0.33333333 END,
	CASE c.code WHEN '1.1.1' THEN 7 + a.sort_order % 3 END,
	CASE c.code WHEN '1.1.1' THEN 10 END,
	CASE c.source WHEN 'self_assessed' THEN c.max_points END,
	CASE c.code WHEN '1.2' THEN 'Chưa có "văn bản"' END,
	CASE c.code WHEN '2.1' THEN 0.0123456789 END
FROM round_track AS t
JOIN agency AS a ON a.group_id = t.group_id
JOIN criterion AS c ON c.set_id = t.set_id AND c.rule IS NOT NULL
WHERE NOT (a.code = 'tax' AND c.code = '1.1.2');
INSERT INTO evidence (assessment_id, title, url, sha256)
SELECT a.assessment_id, 'Báo cáo', 'https://example.org/' || a.assessment_id, encode(sha256(a.assessment_id::text::bytea), 'hex')
FROM assessment AS a
WHERE a.self_points IS NOT NULL;
SELECT submit('par-2019', code) FROM agency;

SELECT advance_round(round_id) AS stage FROM assessment_round;
UPDATE assessment AS s
SET verified_points = s.self_points - a.sort_order, verify_note = 'Thiếu tài liệu'
FROM agency AS a
WHERE a.agency_id = s.agency_id AND s.self_points IS NOT NULL;

SELECT advance_round(round_id) AS stage FROM assessment_round;
SELECT decide_appeal(file_appeal('par-2019', 'tax', '1.2', 'Đã bổ sung', 20), 'partly_granted', 19.25);

SELECT advance_round(round_id) AS stage FROM assessment_round;
SELECT publish(round_id, '9/QĐ', '2020-01-15') FROM assessment_round;
INSERT INTO award (publication_id, kind, agency_id, person_name, name_vi, name_en, decision_no, decision_date)
SELECT p.publication_id, v.kind, a.agency_id, v.person_name, 'Bằng khen', 'Certificate', '10/QĐ', '2020-01-20'
FROM publication AS p
CROSS JOIN agency AS a
CROSS JOIN (VALUES ('collective', NULL), ('individual', 'Nguyễn Văn A')) AS v (kind, person_name)
WHERE a.code = 'customs';

INSERT INTO action (round_id, lead_agency_id, code, name_vi, name_en, due_on)
SELECT r.round_id, a.agency_id, 'g1', 'Giải pháp 1', 'Solution 1', '2019-06-30'
FROM assessment_round AS r
CROSS JOIN agency AS a
WHERE a.code = 'customs';
INSERT INTO action_partner (action_id, agency_id)
SELECT g.action_id, a.agency_id FROM action AS g CROSS JOIN agency AS a WHERE a.code = 'tax';
INSERT INTO action_criterion (action_id, stable_key) SELECT action_id, 'key.1.2' FROM action;
INSERT INTO action_progress (action_id, reported_on, percent, note) SELECT action_id, '2019-07-15', 62.5, 'Chậm' FROM action;
