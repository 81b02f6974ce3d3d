-- An open round, made up, in which every rule of a round's life has a case. It
-- runs in the model's empty schema, which search_path names, and numbers all
-- rows in the order written. Two tracks with sets,
-- digits and ways of publishing of their own:
--
--   central     agencies A to I: ranks, 2 digits, grades with a quota
--   department  departments D1 to D4: groups, 1 digit, no grades
--
-- Of the central agencies, 1.1.2 does not apply to D; E was covered for half a
-- year, F is to be disqualified, G has a forced score, H never submits.
INSERT INTO agency_group (code, name_vi, name_en, sort_order) VALUES
	('central', 'Cơ quan trung ương', 'Central agencies', 1),
	('department', 'Sở, ngành', 'Departments', 2);
INSERT INTO agency (group_id, code, name_vi, name_en, sort_order)
SELECT g.group_id, a.code, 'Cơ quan ' || a.code, 'Agency ' || a.code, a.sort_order
FROM unnest('{A,B,C,D,E,F,G,H,I,D1,D2,D3,D4}'::text[]) WITH ORDINALITY AS a (code, sort_order)
JOIN agency_group AS g ON g.code = CASE length(a.code) WHEN 1 THEN 'central' ELSE 'department' END
ORDER BY a.sort_order;

INSERT INTO index_programme (code, name_vi, name_en) VALUES ('par', 'Cải cách hành chính', 'Administrative reform');
INSERT INTO criteria_set (programme_id, code, name_vi, name_en)
SELECT p.programme_id, s.code, 'Bộ tiêu chí', 'Criteria'
FROM index_programme AS p
CROSS JOIN unnest('{set-central,set-department}'::text[]) AS s (code)
ORDER BY s.code;
INSERT INTO criterion (set_id, code, name_vi, name_en, sort_order, max_points, rule, source, stable_key)
SELECT s.set_id, c.code, 'Tiêu chí ' || c.code, 'Criterion ' || c.code, c.sort_order, c.max_points, c.rule, c.source, 'key.' || c.code
FROM (VALUES
	('set-central', '1', 1, 60, NULL, NULL),
	('set-central', '1.1', 2, 40, NULL, NULL),
	('set-central', '1.1.1', 3, 30, 'points, max 30', 'self_assessed'),
	('set-central', '1.1.2', 4, 10, 'yes: 10, no: 0', 'self_assessed'),
	('set-central', '1.2', 5, 20, '>0.9: 20, >=0.7: 10, else 0', 'record'),
	('set-central', '2', 6, 40, NULL, NULL),
	('set-central', '2.1', 7, 25, 'minmax, max 25', 'survey'),
	('set-central', '2.2', 8, 15, 'points, max 15', 'self_assessed'),
	('set-department', 'X', 1, 100, NULL, NULL),
	('set-department', 'X.1', 2, 60, 'points, max 60', 'self_assessed'),
	('set-department', 'X.2', 3, 40, 'distance to target 50, max 40', 'survey')
) AS c (set_code, code, sort_order, max_points, rule, source)
JOIN criteria_set AS s ON s.code = c.set_code
ORDER BY s.set_id, c.sort_order;
UPDATE criterion AS c
SET parent_id = p.criterion_id
FROM criterion AS p
WHERE p.set_id = c.set_id AND c.code ~ '\.' AND p.code = left(c.code, -2);
INSERT INTO tie_break (set_id, position, criterion_id)
SELECT c.set_id, 1, c.criterion_id FROM criterion AS c WHERE c.code = '2';

INSERT INTO grade_scale (code, name_vi, name_en) VALUES ('abc', 'Xếp loại', 'Grades');
INSERT INTO grade_band (scale_id, code, name_vi, name_en, lower_bound, quota)
SELECT s.scale_id, b.code, 'Loại ' || b.code, 'Grade ' || b.code, b.lower_bound, b.quota
FROM grade_scale AS s
CROSS JOIN (VALUES ('a', 80, 0.45), ('b', 70, NULL), ('c', 0, NULL)) AS b (code, lower_bound, quota);

INSERT INTO assessment_round (programme_id, code, name_vi, name_en, year, year_label)
SELECT p.programme_id, 'r2019', 'Năm 2019', 'Year 2019', 2019, '2019' FROM index_programme AS p;
INSERT INTO round_track (round_id, programme_id, group_id, set_id, scale_id, digits, publish_as, group_count, bonus_cap,
	penalty_cap, min_months)
SELECT r.round_id, r.programme_id, g.group_id, s.set_id, x.scale_id, v.digits, v.publish_as, v.group_count, v.bonus_cap,
	v.penalty_cap, v.min_months
FROM (VALUES
	('central', 'abc', 2, 'ranks', NULL, 2, 5, 9),
	('department', NULL, 1, 'groups', 2, NULL, NULL, 0)
) AS v (group_code, scale_code, digits, publish_as, group_count, bonus_cap, penalty_cap, min_months)
JOIN agency_group AS g ON g.code = v.group_code
JOIN criteria_set AS s ON s.code = 'set-' || v.group_code
LEFT JOIN grade_scale AS x ON x.code = v.scale_code
CROSS JOIN assessment_round AS r
ORDER BY g.group_id;
INSERT INTO participation (track_id, agency_id, round_id, months_covered, outcome, forced_score, reason)
SELECT t.track_id, a.agency_id, t.round_id,
	CASE a.code WHEN 'E' THEN 6 ELSE 12 END,
	CASE a.code WHEN 'G' THEN 'forced_score' ELSE 'ranked' END,
	CASE a.code WHEN 'G' THEN 61.5 END,
	CASE a.code WHEN 'G' THEN 'Hợp nhất trong năm' END
FROM round_track AS t
JOIN agency AS a ON a.group_id = t.group_id;
INSERT INTO applicability (track_id, agency_id, criterion_id, set_id, reason)
SELECT t.track_id, a.agency_id, c.criterion_id, c.set_id, 'Không có thủ tục'
FROM round_track AS t
JOIN agency AS a ON a.group_id = t.group_id
JOIN criterion AS c ON c.set_id = t.set_id
WHERE a.code = 'D' AND c.code = '1.1.2';
