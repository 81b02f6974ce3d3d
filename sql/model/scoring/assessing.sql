-- What agencies, verifiers and publishers call, by the codes they know. These
-- functions have the rights of their caller but for those that write where nobody
-- may by hand: remove_evidence, submit, unsubmit, file_appeal and decide_appeal.

-- Replaced by upgrades:

-- Where an assessment belongs; an error names what is not there.
CREATE OR REPLACE FUNCTION @schema@.assessment_place(
	round_code text, agency_code text, criterion_code text,
	OUT track_id int, OUT agency_id int, OUT criterion_id int, OUT set_id int,
	here @schema@.here DEFAULT NULL)
	LANGUAGE plpgsql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	found record;
BEGIN
	SELECT p.track_id, p.agency_id, c.criterion_id, t.set_id, r.round_id
	INTO found
	FROM assessment_round AS r
	LEFT JOIN (participation AS p JOIN agency AS a ON a.agency_id = p.agency_id AND a.code = normalize(assessment_place.agency_code))
		ON p.round_id = r.round_id
	LEFT JOIN round_track AS t ON t.track_id = p.track_id
	LEFT JOIN criterion AS c ON c.set_id = t.set_id AND c.code = normalize(assessment_place.criterion_code)
	WHERE r.code = normalize(assessment_place.round_code);
	IF found.round_id IS NULL THEN
		RAISE no_data_found USING MESSAGE = format('there is no round "%s"', assessment_place.round_code);
	ELSIF found.agency_id IS NULL THEN
		RAISE no_data_found USING
			MESSAGE = format('agency "%s" takes no part in round "%s"', assessment_place.agency_code, assessment_place.round_code);
	ELSIF found.criterion_id IS NULL AND assessment_place.criterion_code IS NOT NULL THEN
		RAISE no_data_found USING
			MESSAGE = format('there is no criterion "%s" for agency "%s" in round "%s"', assessment_place.criterion_code,
				assessment_place.agency_code, assessment_place.round_code);
	END IF;
	assessment_place.track_id := found.track_id;
	assessment_place.agency_id := found.agency_id;
	assessment_place.criterion_id := found.criterion_id;
	assessment_place.set_id := found.set_id;
END
$$;

-- Writes what an agency says of itself; gives the assessment_id.
CREATE OR REPLACE FUNCTION @schema@.self_assess(
	round_code text, agency_code text, criterion_code text,
	measured numeric DEFAULT NULL, numerator numeric DEFAULT NULL, denominator numeric DEFAULT NULL,
	self_points numeric DEFAULT NULL, explanation text DEFAULT NULL, here @schema@.here DEFAULT NULL)
	RETURNS bigint
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	place record;
	written bigint;
BEGIN
	SELECT p.* INTO place FROM assessment_place(self_assess.round_code, self_assess.agency_code, self_assess.criterion_code) AS p;
	IF place.agency_id <> ALL (own_agencies()) AND NOT has_capability('publisher') THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" is not an assessor of agency "%s"', caller(), self_assess.agency_code);
	END IF;
	INSERT INTO assessment (track_id, agency_id, criterion_id, set_id, measured, numerator, denominator, self_points, explanation)
	VALUES (place.track_id, place.agency_id, place.criterion_id, place.set_id, self_assess.measured, self_assess.numerator,
		self_assess.denominator, self_assess.self_points, self_assess.explanation)
	ON CONFLICT (track_id, agency_id, criterion_id) DO UPDATE
	SET measured = excluded.measured,
		numerator = excluded.numerator,
		denominator = excluded.denominator,
		self_points = excluded.self_points,
		explanation = excluded.explanation
	RETURNING assessment_id INTO written;
	RETURN written;
END
$$;

CREATE OR REPLACE FUNCTION @schema@.add_evidence(
	round_code text, agency_code text, criterion_code text, url text, sha256 text DEFAULT NULL, title text DEFAULT NULL,
	here @schema@.here DEFAULT NULL)
	RETURNS bigint
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	place record;
	written bigint;
BEGIN
	SELECT p.* INTO place FROM assessment_place(add_evidence.round_code, add_evidence.agency_code, add_evidence.criterion_code) AS p;
	INSERT INTO evidence (assessment_id, title, url, sha256)
	SELECT a.assessment_id, add_evidence.title, add_evidence.url, lower(add_evidence.sha256)
	FROM assessment AS a
	WHERE a.track_id = place.track_id AND a.agency_id = place.agency_id AND a.criterion_id = place.criterion_id
	RETURNING evidence_id INTO written;
	IF written IS NULL THEN
		RAISE no_data_found USING
			MESSAGE = format('criterion "%s" of agency "%s" is not assessed yet', add_evidence.criterion_code, add_evidence.agency_code),
			HINT = format('Assess it first: SELECT %I.self_assess(…).', own_schema);
	END IF;
	RETURN written;
END
$$;

CREATE OR REPLACE FUNCTION @schema@.remove_evidence(evidence_id bigint, here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
BEGIN
	DELETE FROM evidence AS e
	USING assessment AS a
	WHERE e.evidence_id = remove_evidence.evidence_id AND a.assessment_id = e.assessment_id
		AND (a.agency_id = ANY (own_agencies()) OR has_capability('publisher'));
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('there is no evidence %s that is yours to remove', remove_evidence.evidence_id);
	END IF;
END
$$;

COMMENT ON FUNCTION @schema@.remove_evidence(bigint, @schema@.here) IS
'Removes one piece of evidence, while the agency may change it; by the agency or a publisher. / Xóa một minh chứng khi cơ quan còn được sửa; do cơ quan hoặc người công bố thực hiện.';

-- Hands the self-assessment in. Every leaf that applies needs a row, and points
-- that are claimed need evidence or an explanation for its lack.
CREATE OR REPLACE FUNCTION @schema@.submit(round_code text, agency_code text, here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	place record;
	chosen record;
	faults record;
BEGIN
	SELECT p.* INTO place FROM assessment_place(submit.round_code, submit.agency_code, NULL) AS p;
	IF place.agency_id <> ALL (own_agencies()) AND NOT has_capability('publisher') THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" is not an assessor of agency "%s"', caller(), submit.agency_code);
	END IF;
	SELECT r.round_id, r.stage, r.self_assessment_deadline, t.set_id INTO chosen
	FROM round_track AS t
	JOIN assessment_round AS r ON r.round_id = t.round_id
	WHERE t.track_id = place.track_id
	FOR SHARE OF r;
	IF chosen.stage <> 'self_assessment' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('round "%s" is in stage "%s"', submit.round_code, chosen.stage),
			DETAIL = 'Self-assessments are submitted in stage "self_assessment".';
	ELSIF now() > chosen.self_assessment_deadline AND NOT has_capability('publisher') THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the deadline of round "%s" was %s', submit.round_code, chosen.self_assessment_deadline);
	END IF;

	SELECT count(*) AS number, string_agg(format('%s: %s', f.code, f.message), E'\n' ORDER BY f.sort_order, f.code COLLATE "C") AS list
	INTO faults
	FROM (
		SELECT c.code, c.sort_order,
			CASE
				WHEN a.assessment_id IS NULL OR num_nonnulls(a.measured, a.numerator, a.self_points, a.explanation) = 0
					THEN 'is not assessed'
				WHEN a.self_points > 0 AND a.explanation IS NULL
					AND NOT EXISTS (SELECT FROM evidence AS e WHERE e.assessment_id = a.assessment_id)
					THEN 'claims points with neither evidence nor an explanation for its lack'
			END AS message
		FROM criterion_tree AS c
		LEFT JOIN assessment AS a
			ON a.track_id = place.track_id AND a.agency_id = place.agency_id AND a.criterion_id = c.criterion_id
		WHERE c.set_id = chosen.set_id AND c.is_leaf AND c.source = 'self_assessed'
			AND NOT EXISTS (
				SELECT FROM applicability AS n
				WHERE n.track_id = place.track_id AND n.agency_id = place.agency_id AND n.criterion_id = c.criterion_id)
	) AS f
	WHERE f.message IS NOT NULL;
	IF faults.number > 0 THEN
		RAISE check_violation USING
			MESSAGE = format('the self-assessment of agency "%s" is not complete: %s criteria', submit.agency_code, faults.number),
			DETAIL = faults.list;
	END IF;
	UPDATE participation AS p
	SET submitted_at = now(), submitted_by = caller()
	WHERE p.track_id = place.track_id AND p.agency_id = place.agency_id AND p.submitted_at IS NULL;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('agency "%s" has submitted its self-assessment already', submit.agency_code);
	END IF;
END
$$;

-- Hands a submitted self-assessment back to the agency.
CREATE OR REPLACE FUNCTION @schema@.unsubmit(round_code text, agency_code text, here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	place record;
BEGIN
	PERFORM require_capability('publisher');
	SELECT p.* INTO place FROM assessment_place(unsubmit.round_code, unsubmit.agency_code, NULL) AS p;
	PERFORM FROM round_track AS t
	JOIN assessment_round AS r ON r.round_id = t.round_id
	WHERE t.track_id = place.track_id
	FOR SHARE OF r;
	UPDATE participation AS p
	SET submitted_at = NULL, submitted_by = NULL
	FROM assessment_round AS r
	WHERE p.track_id = place.track_id AND p.agency_id = place.agency_id AND p.submitted_at IS NOT NULL
		AND r.round_id = p.round_id AND r.stage = 'self_assessment';
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the self-assessment of agency "%s" cannot be handed back', unsubmit.agency_code),
			DETAIL = 'It was not submitted, or the round is past stage "self_assessment".';
	END IF;
END
$$;

-- Accepts what the agency claims (points NULL), or gives other points with a note.
CREATE OR REPLACE FUNCTION @schema@.verify_assessment(
	round_code text, agency_code text, criterion_code text, points numeric DEFAULT NULL, note text DEFAULT NULL,
	here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	place record;
	unclaimed boolean;
BEGIN
	SELECT p.* INTO place
	FROM assessment_place(verify_assessment.round_code, verify_assessment.agency_code, verify_assessment.criterion_code) AS p;
	IF place.criterion_id <> ALL (own_criteria()) AND NOT has_capability('publisher') THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" is not a verifier of criterion "%s"', caller(), verify_assessment.criterion_code);
	END IF;
	UPDATE assessment AS a
	SET verified_points = coalesce(verify_assessment.points, a.self_points), verify_note = verify_assessment.note
	WHERE a.track_id = place.track_id AND a.agency_id = place.agency_id AND a.criterion_id = place.criterion_id
	RETURNING a.verified_points IS NULL INTO unclaimed;
	IF unclaimed THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('agency "%s" claims no points for criterion "%s"', verify_assessment.agency_code, verify_assessment.criterion_code),
			HINT = 'Give the points that are verified.';
	ELSIF unclaimed IS NULL THEN
		INSERT INTO assessment (track_id, agency_id, criterion_id, set_id, verified_points, verify_note)
		VALUES (place.track_id, place.agency_id, place.criterion_id, place.set_id, verify_assessment.points, verify_assessment.note);
	END IF;
END
$$;

-- An agency appeals against the verified points of one criterion.
CREATE OR REPLACE FUNCTION @schema@.file_appeal(
	round_code text, agency_code text, criterion_code text, reason text, wanted_points numeric DEFAULT NULL,
	here @schema@.here DEFAULT NULL)
	RETURNS bigint
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	place record;
	chosen record;
	filed bigint;
BEGIN
	SELECT p.* INTO place FROM assessment_place(file_appeal.round_code, file_appeal.agency_code, file_appeal.criterion_code) AS p;
	IF place.agency_id <> ALL (own_agencies()) AND NOT has_capability('publisher') THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" is not an assessor of agency "%s"', caller(), file_appeal.agency_code);
	END IF;
	SELECT r.stage, r.appeal_deadline INTO chosen
	FROM round_track AS t
	JOIN assessment_round AS r ON r.round_id = t.round_id
	WHERE t.track_id = place.track_id
	FOR SHARE OF r;
	IF chosen.stage <> 'appeal' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('round "%s" is in stage "%s"', file_appeal.round_code, chosen.stage),
			DETAIL = 'Appeals are filed and decided in stage "appeal".';
	ELSIF now() > chosen.appeal_deadline AND NOT has_capability('publisher') THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the deadline for appeals in round "%s" was %s', file_appeal.round_code, chosen.appeal_deadline);
	END IF;
	INSERT INTO appeal (assessment_id, reason, wanted_points)
	SELECT a.assessment_id, file_appeal.reason, file_appeal.wanted_points
	FROM assessment AS a
	WHERE a.track_id = place.track_id AND a.agency_id = place.agency_id AND a.criterion_id = place.criterion_id
		AND NOT EXISTS (SELECT FROM appeal AS f WHERE f.assessment_id = a.assessment_id)
	RETURNING appeal_id INTO filed;
	IF filed IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('agency "%s" cannot appeal against criterion "%s"', file_appeal.agency_code, file_appeal.criterion_code),
			DETAIL = 'The criterion was not assessed, or there is an appeal against it already.';
	END IF;
	RETURN filed;
END
$$;

-- Decides an appeal: granted or partly_granted with the points that count from
-- now on, or refused.
CREATE OR REPLACE FUNCTION @schema@.decide_appeal(
	appeal_id bigint, outcome text, points numeric DEFAULT NULL, note text DEFAULT NULL, here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	chosen record;
BEGIN
	PERFORM require_capability('publisher');
	IF decide_appeal.outcome IS NULL OR decide_appeal.outcome NOT IN ('granted', 'partly_granted', 'refused')
		OR (decide_appeal.outcome = 'refused') <> (decide_appeal.points IS NULL)
	THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('outcome "%s" with points %s is no decision', decide_appeal.outcome, coalesce(decide_appeal.points::text, 'NULL')),
			HINT = 'Outcomes are "granted" and "partly_granted", with points, and "refused", without.';
	END IF;
	SELECT f.assessment_id, a.agency_id, r.code, r.stage INTO chosen
	FROM appeal AS f
	JOIN assessment AS a ON a.assessment_id = f.assessment_id
	JOIN round_track AS t ON t.track_id = a.track_id
	JOIN assessment_round AS r ON r.round_id = t.round_id
	WHERE f.appeal_id = decide_appeal.appeal_id
	FOR SHARE OF r;
	IF NOT FOUND THEN
		RAISE no_data_found USING MESSAGE = format('there is no appeal %s', decide_appeal.appeal_id);
	ELSIF chosen.agency_id = ANY (own_agencies()) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" is an assessor of the agency that appeals', caller());
	ELSIF chosen.stage <> 'appeal' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('round "%s" is in stage "%s"', chosen.code, chosen.stage),
			DETAIL = 'Appeals are filed and decided in stage "appeal".';
	END IF;
	UPDATE appeal AS f
	SET outcome = decide_appeal.outcome, decision_note = decide_appeal.note, decided_by = caller(), decided_at = now()
	WHERE f.appeal_id = decide_appeal.appeal_id;
	PERFORM set_config('parindex.decides_appeal', decide_appeal.appeal_id::text, true);
	UPDATE assessment AS a SET appeal_points = decide_appeal.points WHERE a.assessment_id = chosen.assessment_id;
	PERFORM set_config('parindex.decides_appeal', '', true);
END
$$;

COMMENT ON FUNCTION @schema@.assessment_place(text, text, text, @schema@.here) IS
'Keys of an agency and a criterion (NULL for none) in a round, by their codes. Raises P0002 and names what is not there. / Khóa của cơ quan và tiêu chí (NULL nếu không cần) trong kỳ, theo mã. Báo lỗi P0002 và nêu rõ mã không tồn tại.';

COMMENT ON FUNCTION @schema@.self_assess(text, text, text, numeric, numeric, numeric, numeric, text, @schema@.here) IS
'Writes what an agency says of itself for one criterion, replacing what it said before, and gives the assessment_id; what is measured is one number, or numerator and denominator. Raises 42501 without the right, P0002 for an unknown code, 23514 out of stage, time or range. / Ghi nội dung tự đánh giá của cơ quan cho một tiêu chí, thay nội dung cũ, và trả về assessment_id; giá trị đo là một số, hoặc tử số và mẫu số. Lỗi: 42501 nếu không có quyền, P0002 nếu sai mã, 23514 nếu sai giai đoạn, quá hạn hoặc ngoài phạm vi.';

COMMENT ON FUNCTION @schema@.add_evidence(text, text, text, text, text, text, @schema@.here) IS
'Adds a document that proves an assessment and gives its evidence_id. Raises P0002 if the criterion is not assessed yet or a code is unknown, 42501 without the right, 23514 out of stage or time or for a SHA-256 that is none. / Thêm tài liệu kiểm chứng cho kết quả đánh giá và trả về evidence_id. Lỗi: P0002 nếu tiêu chí chưa được đánh giá hoặc sai mã, 42501 nếu không có quyền, 23514 nếu sai giai đoạn, quá hạn hoặc mã SHA-256 không hợp lệ.';

COMMENT ON FUNCTION @schema@.submit(text, text, @schema@.here) IS
'Hands an agency''s self-assessment in; it cannot be changed after that. Raises 42501 without the right, P0002 for an unknown code, 55000 out of stage or time or if submitted already, 23514 with a list of criteria that are not assessed, or claim points with neither evidence nor explanation. / Nộp báo cáo tự đánh giá của cơ quan; sau khi nộp không sửa được. Lỗi: 42501 nếu không có quyền, P0002 nếu sai mã, 55000 nếu sai giai đoạn, quá hạn hoặc đã nộp, 23514 kèm danh sách tiêu chí chưa đánh giá hoặc tự chấm điểm mà không có tài liệu kiểm chứng hay giải trình.';

COMMENT ON FUNCTION @schema@.unsubmit(text, text, @schema@.here) IS
'Hands a submitted self-assessment back to the agency, in stage self_assessment. Raises 42501 for others than publishers, P0002 for an unknown code, 55000 if it was not submitted or the stage is past. / Trả lại báo cáo tự đánh giá đã nộp cho cơ quan, trong giai đoạn tự đánh giá. Lỗi: 42501 nếu không phải người công bố, P0002 nếu sai mã, 55000 nếu chưa nộp hoặc đã qua giai đoạn.';

COMMENT ON FUNCTION @schema@.verify_assessment(text, text, text, numeric, text, @schema@.here) IS
'Accepts the points an agency claims (points NULL), or gives others with a note. Raises 42501 without the right, P0002 for an unknown code, 22004 if nothing is claimed and no points are given, 23514 out of stage, time or range, or without the note. / Chấp nhận điểm tự chấm (points là NULL) hoặc cho điểm khác kèm ý kiến. Lỗi: 42501 nếu không có quyền, P0002 nếu sai mã, 22004 nếu không có điểm tự chấm và cũng không cho điểm, 23514 nếu sai giai đoạn, quá hạn, ngoài phạm vi hoặc thiếu ý kiến.';

COMMENT ON FUNCTION @schema@.file_appeal(text, text, text, text, numeric, @schema@.here) IS
'Files an agency''s appeal against the points of one criterion and gives the appeal_id. Raises 42501 without the right, P0002 for an unknown code, 55000 out of stage or time, if the criterion was not assessed, or has an appeal already. / Gửi kiến nghị của cơ quan về điểm của một tiêu chí và trả về appeal_id. Lỗi: 42501 nếu không có quyền, P0002 nếu sai mã, 55000 nếu sai giai đoạn, quá hạn, tiêu chí chưa được đánh giá hoặc đã có kiến nghị.';

COMMENT ON FUNCTION @schema@.decide_appeal(bigint, text, numeric, text, @schema@.here) IS
'Decides an appeal: granted or partly_granted, with the points that count from now on, or refused, without. Raises 42501 for others than publishers and for assessors of the agency, 22023 if outcome and points do not fit, P0002 without the appeal, 55000 out of stage. / Giải quyết kiến nghị: granted hoặc partly_granted kèm số điểm được áp dụng, hoặc refused không kèm điểm. Lỗi: 42501 nếu không phải người công bố hoặc là người tự đánh giá của cơ quan, 22023 nếu kết quả và điểm không phù hợp, P0002 nếu không có kiến nghị, 55000 nếu sai giai đoạn.';
