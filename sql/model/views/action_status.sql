-- The action plan: how far each action is, who leads and who takes part, and
-- what the lead agency has gained since the previous round in the criteria that
-- the action is meant to lift. Grain: action.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.action_status WITH (security_invoker) AS
SELECT
	r.round_id,
	r.year,
	r.year_label,
	t.track_id,
	g.group_id,
	g.name_vi AS group_name_vi,
	g.name_en AS group_name_en,
	a.agency_id,
	a.code AS agency_code,
	a.name_vi AS agency_name_vi,
	a.name_en AS agency_name_en,
	a.sort_order AS agency_sort_order,
	x.action_id,
	x.code,
	x.name_vi,
	x.name_en,
	x.sort_order,
	x.starts_on,
	x.due_on,
	x.cancelled_on,
	CASE
		WHEN x.cancelled_on IS NOT NULL THEN 'cancelled'
		WHEN done.reported_on > x.due_on THEN 'done_late'
		WHEN done.reported_on IS NOT NULL THEN 'done'
		WHEN x.due_on < current_date THEN 'overdue'
		WHEN latest.percent > 0 THEN 'in_progress'
		ELSE 'not_started'
	END::varchar(20) AS status,
	coalesce(latest.percent, 0)::numeric(5,2) AS percent,
	latest.reported_on,
	latest.note,
	CASE
		WHEN x.cancelled_on IS NOT NULL OR NOT isfinite(x.due_on) THEN 0
		ELSE greatest(coalesce(done.reported_on, current_date) - x.due_on, 0)
	END AS days_overdue,
	partner.partners,
	partner.partner_names_vi,
	partner.partner_names_en,
	target.criteria,
	target.criterion_codes,
	target.points,
	target.previous_points,
	(target.points - target.previous_points)::numeric(14,4) AS points_gained
FROM @schema@.assessment_round AS r
JOIN @schema@.action AS x ON x.round_id = r.round_id
JOIN @schema@.agency AS a ON a.agency_id = x.lead_agency_id
LEFT JOIN @schema@.current_publication AS pub ON pub.round_id = r.round_id
-- as published, which every member may see, else as it stands
CROSS JOIN LATERAL (
	SELECT coalesce(
		(
			SELECT s.track_id
			FROM @schema@.published_score AS s
			WHERE s.publication_id = pub.publication_id
				AND s.agency_id = x.lead_agency_id
		),
		(
			SELECT p.track_id
			FROM @schema@.participation AS p
			WHERE p.round_id = x.round_id
				AND p.agency_id = x.lead_agency_id
		)) AS track_id
) AS part
LEFT JOIN @schema@.round_track AS t ON t.track_id = part.track_id
JOIN @schema@.agency_group AS g ON g.group_id = coalesce(t.group_id, a.group_id)
LEFT JOIN LATERAL (
	SELECT
		step.reported_on,
		step.percent,
		step.note
	FROM @schema@.action_progress AS step
	WHERE step.action_id = x.action_id
	ORDER BY step.reported_on DESC
	LIMIT 1
) AS latest ON true
-- done since the first report of the run of 100 per cent that still lasts
LEFT JOIN LATERAL (
	SELECT min(step.reported_on) AS reported_on
	FROM @schema@.action_progress AS step
	WHERE step.action_id = x.action_id
		AND latest.percent = 100
		AND NOT EXISTS (
			SELECT
			FROM @schema@.action_progress AS later
			WHERE later.action_id = step.action_id
				AND later.reported_on >= step.reported_on
				AND later.percent < 100
		)
) AS done ON true
CROSS JOIN LATERAL (
	SELECT
		count(*)::int AS partners,
		string_agg(unit.name_vi, '; ' ORDER BY unit.sort_order, unit.agency_id)::varchar(4000) AS partner_names_vi,
		string_agg(unit.name_en, '; ' ORDER BY unit.sort_order, unit.agency_id)::varchar(4000) AS partner_names_en
	FROM @schema@.action_partner AS ap
	JOIN @schema@.agency AS unit ON unit.agency_id = ap.agency_id
	WHERE ap.action_id = x.action_id
) AS partner
CROSS JOIN LATERAL (
	SELECT
		count(*)::int AS criteria,
		string_agg(coalesce(c.code, ac.stable_key), '; ' ORDER BY c.sort_order, ac.stable_key)::varchar(4000)
			AS criterion_codes,
		sum(now.points) FILTER (WHERE earlier.points IS NOT NULL)::numeric(14,4) AS points,
		sum(earlier.points) FILTER (WHERE now.points IS NOT NULL)::numeric(14,4) AS previous_points
	FROM @schema@.action_criterion AS ac
	LEFT JOIN @schema@.criterion AS c
		ON c.set_id = t.set_id
		AND c.stable_key = ac.stable_key
	LEFT JOIN @schema@.published_criterion AS now
		ON now.publication_id = pub.publication_id
		AND now.track_id = t.track_id
		AND now.agency_id = x.lead_agency_id
		AND now.criterion_id = c.criterion_id
	LEFT JOIN @schema@.current_publication AS previous_pub ON previous_pub.round_id = r.previous_round_id
	LEFT JOIN @schema@.inherited_score AS previous
		ON previous.publication_id = previous_pub.publication_id
		AND previous.agency_id = x.lead_agency_id
	LEFT JOIN @schema@.published_track AS previous_track
		ON previous_track.publication_id = previous.publication_id
		AND previous_track.track_id = previous.scored_track_id
	LEFT JOIN @schema@.criterion AS same
		ON same.set_id = previous_track.set_id
		AND same.stable_key = ac.stable_key
	LEFT JOIN @schema@.published_criterion AS earlier
		ON earlier.publication_id = previous.publication_id
		AND earlier.track_id = previous.scored_track_id
		AND earlier.agency_id = previous.scored_agency_id
		AND earlier.criterion_id = same.criterion_id
	WHERE ac.action_id = x.action_id
) AS target;

COMMENT ON VIEW @schema@.action_status IS
	'The action plan: one row an action. / Kế hoạch hành động: mỗi dòng là một nhiệm vụ.';
COMMENT ON COLUMN @schema@.action_status.agency_id IS
	'Lead agency. / Cơ quan chủ trì.';
COMMENT ON COLUMN @schema@.action_status.code IS
	'Code of the action. / Mã nhiệm vụ.';
COMMENT ON COLUMN @schema@.action_status.name_vi IS
	'Vietnamese name of the action. / Tên nhiệm vụ bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.action_status.name_en IS
	'English name of the action. / Tên nhiệm vụ bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.action_status.sort_order IS
	'Place of the action in lists. / Thứ tự của nhiệm vụ trong danh sách.';
COMMENT ON COLUMN @schema@.action_status.status IS
	'not_started, in_progress, overdue, done, done_late or cancelled. / Chưa bắt đầu (not_started), đang thực hiện (in_progress), quá hạn (overdue), hoàn thành (done), hoàn thành muộn (done_late) hoặc đã hủy (cancelled).';
COMMENT ON COLUMN @schema@.action_status.percent IS
	'Progress by the last report, in per cent. / Tiến độ theo báo cáo gần nhất, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.action_status.reported_on IS
	'Day of the last report. / Ngày báo cáo gần nhất.';
COMMENT ON COLUMN @schema@.action_status.note IS
	'Note of the last report. / Ghi chú của báo cáo gần nhất.';
COMMENT ON COLUMN @schema@.action_status.days_overdue IS
	'Days from the due date to completion, or to today if not done. / Số ngày quá hạn đến khi hoàn thành, hoặc đến hôm nay nếu chưa hoàn thành.';
COMMENT ON COLUMN @schema@.action_status.partners IS
	'Number of coordinating agencies. / Số cơ quan phối hợp.';
COMMENT ON COLUMN @schema@.action_status.partner_names_vi IS
	'Vietnamese names of the coordinating agencies. / Tên các cơ quan phối hợp bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.action_status.partner_names_en IS
	'English names of the coordinating agencies. / Tên các cơ quan phối hợp bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.action_status.criteria IS
	'Number of criteria that the action is meant to lift. / Số tiêu chí mà nhiệm vụ hướng tới.';
COMMENT ON COLUMN @schema@.action_status.criterion_codes IS
	'Codes of these criteria. / Mã các tiêu chí đó.';
COMMENT ON COLUMN @schema@.action_status.points IS
	'Points of the lead agency in these criteria, where there are previous ones. / Điểm của cơ quan chủ trì ở các tiêu chí đó, nếu có điểm kỳ trước.';
COMMENT ON COLUMN @schema@.action_status.previous_points IS
	'Points of the lead agency, or its predecessor, there in the previous round. / Điểm của cơ quan chủ trì, hoặc cơ quan tiền thân, ở các tiêu chí đó ở kỳ trước.';
COMMENT ON COLUMN @schema@.action_status.points_gained IS
	'Points gained there since the previous round. / Điểm tăng thêm ở các tiêu chí đó so với kỳ trước.';
