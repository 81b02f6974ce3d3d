-- What is amiss with the sheets, for who may see them; there is no row of what
-- is in order. Grain: round x agency x issue.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.data_quality WITH (security_invoker) AS
SELECT
	w.round_id,
	w.year,
	w.year_label,
	w.track_id,
	w.group_id,
	w.group_name_vi,
	w.group_name_en,
	w.agency_id,
	w.agency_code,
	w.agency_name_vi,
	w.agency_name_en,
	w.agency_sort_order,
	found.issue::varchar(40) AS issue,
	found.name_vi::varchar(100) AS name_vi,
	found.name_en::varchar(100) AS name_en,
	found.issue_count
FROM (
	SELECT
		w.round_id,
		w.year,
		w.year_label,
		w.track_id,
		w.group_id,
		w.group_name_vi,
		w.group_name_en,
		w.agency_id,
		w.agency_code,
		w.agency_name_vi,
		w.agency_name_en,
		w.agency_sort_order,
		sum(w.missing)::int AS missing,
		sum(w.unsupported)::int AS unsupported,
		sum(w.zero_denominator)::int AS zero_denominator,
		sum(w.self_above_maximum)::int AS self_above_maximum,
		sum(w.verified_above_maximum)::int AS verified_above_maximum,
		sum(w.appeals_open)::int AS appeals_open
	FROM @schema@.domain_work AS w
	GROUP BY
		w.agency_id, w.track_id, w.round_id, w.year, w.year_label, w.group_id, w.group_name_vi, w.group_name_en,
		w.agency_code, w.agency_name_vi, w.agency_name_en, w.agency_sort_order
) AS w
CROSS JOIN LATERAL (
	VALUES
		('missing', 'Chưa có số liệu', 'Nothing entered', w.missing),
		('unsupported', 'Không có tài liệu kiểm chứng và giải trình', 'Neither evidence nor explanation', w.unsupported),
		('zero_denominator', 'Mẫu số bằng 0', 'Denominator of zero', w.zero_denominator),
		('self_above_maximum', 'Điểm tự chấm vượt điểm tối đa', 'Self-assessed above the maximum', w.self_above_maximum),
		('verified_above_maximum', 'Điểm thẩm định vượt điểm tối đa', 'Verified above the maximum', w.verified_above_maximum),
		('appeal_open', 'Kiến nghị chưa giải quyết', 'Appeal not decided', w.appeals_open)
) AS found (issue, name_vi, name_en, issue_count)
WHERE found.issue_count > 0
UNION ALL
SELECT
	r.round_id,
	r.year,
	r.year_label,
	t.track_id,
	g.group_id,
	g.name_vi,
	g.name_en,
	a.agency_id,
	a.code,
	a.name_vi,
	a.name_en,
	a.sort_order,
	found.issue::varchar(40),
	found.name_vi::varchar(100),
	found.name_en::varchar(100),
	found.issue_count
FROM @schema@.assessment_round AS r
JOIN @schema@.round_track AS t ON t.round_id = r.round_id
JOIN @schema@.agency_group AS g ON g.group_id = t.group_id
JOIN @schema@.participation AS p ON p.track_id = t.track_id
JOIN @schema@.agency AS a ON a.agency_id = p.agency_id
LEFT JOIN @schema@.current_publication AS c ON c.round_id = r.round_id
LEFT JOIN @schema@.reopening AS o ON o.publication_id = c.publication_id
CROSS JOIN LATERAL (
	VALUES
		('not_submitted', 'Chưa nộp', 'Not submitted',
			(p.outcome = 'ranked' AND p.submitted_at IS NULL)::int),
		('months_below_minimum', 'Thời gian đánh giá dưới mức tối thiểu', 'Fewer months than the minimum',
			(p.months_covered < t.min_months)::int),
		('under_correction', 'Đang đính chính', 'Under correction', (o.publication_id IS NOT NULL)::int)
) AS found (issue, name_vi, name_en, issue_count)
WHERE found.issue_count > 0;

COMMENT ON VIEW @schema@.data_quality IS
	'What is amiss with the sheets: one row a round, agency and issue that its reader may see. / Vấn đề về chất lượng số liệu: mỗi dòng là một kỳ đánh giá, một cơ quan và một vấn đề mà người đọc được xem.';
COMMENT ON COLUMN @schema@.data_quality.issue IS
	'Code of the issue. / Mã vấn đề.';
COMMENT ON COLUMN @schema@.data_quality.name_vi IS
	'Vietnamese name of the issue. / Tên vấn đề bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.data_quality.name_en IS
	'English name of the issue. / Tên vấn đề bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.data_quality.issue_count IS
	'How often it occurs on the sheet. / Số lần xuất hiện.';
