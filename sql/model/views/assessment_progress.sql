-- How far assessing, verifying and deciding on appeals are, by domain, for who
-- may see the sheets. Overdue are days past the deadline of the round's stage
-- while something is left to do in it. Grain: round x agency x domain.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.assessment_progress WITH (security_invoker) AS
-- a verifier of the domain goes before one of all domains
WITH verifier AS (
	SELECT DISTINCT ON (d.criterion_id)
		d.criterion_id AS domain_id,
		m.member_id AS verifier_id
	FROM @schema@.criterion AS d
	JOIN @schema@.member AS m
		ON m.stable_key = d.stable_key
		OR m.stable_key IS NULL
	WHERE d.parent_id IS NULL
		AND m.capability = 'verifier'
		AND m.valid_from <= current_date
		AND m.valid_to > current_date
	ORDER BY d.criterion_id, m.stable_key, m.member_id
)
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
	w.domain_id,
	v.verifier_id,
	r.stage,
	CASE WHEN isfinite(due.deadline) THEN due.deadline END AS deadline,
	w.leaves,
	w.submitted,
	w.with_evidence,
	w.verified,
	w.adjusted,
	w.appeals_open,
	w.appeals_decided,
	CASE
		WHEN due.is_done OR due.deadline IS NULL OR NOT isfinite(due.deadline) THEN 0
		ELSE greatest(current_date - due.deadline::date, 0)
	END AS days_overdue,
	w.last_change_at
FROM @schema@.domain_work AS w
JOIN @schema@.assessment_round AS r ON r.round_id = w.round_id
LEFT JOIN verifier AS v ON v.domain_id = w.domain_id
CROSS JOIN LATERAL (
	SELECT
		CASE
			WHEN r.stage IN ('open', 'self_assessment') THEN r.self_assessment_deadline
			WHEN r.stage = 'verification' THEN r.verification_deadline
			WHEN r.stage = 'appeal' THEN r.appeal_deadline
		END AS deadline,
		CASE
			WHEN r.stage IN ('open', 'self_assessment') THEN w.submitted = w.leaves
			WHEN r.stage = 'verification' THEN w.verified = w.leaves
			ELSE w.appeals_open = 0
		END AS is_done
) AS due;

COMMENT ON VIEW @schema@.assessment_progress IS
	'Progress of assessment, verification and appeals: one row a round, agency and domain that its reader may see. / Tiến độ tự đánh giá, thẩm định và giải quyết kiến nghị: mỗi dòng là một kỳ đánh giá, một cơ quan và một lĩnh vực mà người đọc được xem.';
COMMENT ON COLUMN @schema@.assessment_progress.verifier_id IS
	'Member who verifies the domain; one of the domain goes before one of all domains. / Thành viên thẩm định lĩnh vực; người phụ trách riêng lĩnh vực được ưu tiên.';
COMMENT ON COLUMN @schema@.assessment_progress.stage IS
	'Stage of the round. / Giai đoạn của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.assessment_progress.deadline IS
	'Deadline of the stage; NULL if there is none. / Thời hạn của giai đoạn; NULL nếu không có.';
COMMENT ON COLUMN @schema@.assessment_progress.days_overdue IS
	'Days past the deadline while something is left to do. / Số ngày quá hạn khi còn việc chưa hoàn thành.';
