-- From surveys to scores: the figures that criteria take from them, and what
-- their sampling error makes of the index. The error goes the way of the score,
-- through rules, rounding and caps: for each replicate the whole round is scored
-- again, with all figures as they would be had the sample been another one. So
-- steps count, and so does it that the same respondents answer for several
-- criteria.
--
-- The replicates come from the delete-one-PSU jackknife of stratified samples
-- (JKn; Wolter, Introduction to Variance Estimation, 2007, 4.5). Its deviations
-- are smaller than the sampling error, by about the root of the number of
-- replicates; a rule by steps, or points rounded to two decimals, would not feel
-- them, or would count one point too often. So each is stretched to the size of
-- the error, and counts the less (Fay, Theory and application of replicate
-- weighting for variance calculations, 1989: the scale of a perturbation is
-- free). For what is linear the variance is that of the jackknife.

-- Replicate 0 is the figure itself, as the criterion took it.
CREATE TABLE @schema@.survey_replicate (
	survey_id   int NOT NULL REFERENCES @schema@.survey ON DELETE CASCADE,
	replicate   int NOT NULL CHECK (replicate >= 0),
	agency_id   int NOT NULL REFERENCES @schema@.agency,
	stable_key  varchar(80) NOT NULL,
	coefficient numeric(20,19) NOT NULL CHECK (coefficient >= 0),
	measured    numeric(24,8) NOT NULL,
	PRIMARY KEY (survey_id, replicate, agency_id, stable_key)
);

CREATE INDEX survey_replicate_agency_id_idx ON @schema@.survey_replicate (agency_id);

ALTER TABLE @schema@.survey_replicate ENABLE ROW LEVEL SECURITY;

-- Replaced by upgrades:

DROP POLICY IF EXISTS members_see ON @schema@.survey_replicate;
CREATE POLICY members_see ON @schema@.survey_replicate FOR SELECT
	USING ((SELECT @schema@.sees_whole_round()));

-- The figures of agencies in the measures of the factors that feed criteria, and
-- their replicates, for all PSUs that were drawn, of strata of at least two:
-- those without answers too. The finite population counts where there is one
-- stage only; with two, leaving it out stands for the second. Where the standard
-- error is not known there is replicate 0 alone.
CREATE OR REPLACE FUNCTION @schema@.survey_replicates(
	survey_id int,
	OUT replicate int, OUT agency_id int, OUT stable_key varchar, OUT coefficient numeric, OUT measured numeric, OUT se float8)
	RETURNS SETOF record
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH total AS MATERIALIZED (
		SELECT c.agency_id, f.stable_key, round(c.estimate::numeric, 8) AS measured, c.se
		FROM @schema@.survey_cells(survey_replicates.survey_id) AS c
		JOIN @schema@.survey_factor AS f ON f.code = c.factor_code AND f.measure = c.measure
		WHERE f.survey_id = survey_replicates.survey_id
			AND f.stable_key IS NOT NULL
			AND c.is_total
			AND c.estimate IS NOT NULL
	),
	-- Every measure is the ratio of two sums; these are its parts by PSU.
	psu AS MATERIALIZED (
		SELECT a.agency_id, f.stable_key, a.stratum_id, a.psu_id,
			sum(a.weight * CASE f.measure WHEN 'mean' THEN a.mean WHEN 'top2' THEN a.top2 ELSE a.all4::int END) AS numerator,
			sum(a.weight * CASE f.measure WHEN 'top2' THEN a.answers ELSE 1 END) AS denominator
		FROM @schema@.survey_answers(survey_replicates.survey_id) AS a
		JOIN @schema@.survey_factor AS f ON f.code = a.factor_code
		WHERE f.survey_id = survey_replicates.survey_id AND f.stable_key IS NOT NULL
		GROUP BY a.agency_id, f.stable_key, a.stratum_id, a.psu_id
	),
	stratum AS (
		SELECT p.agency_id, p.stable_key, p.stratum_id, sum(p.numerator) AS numerator, sum(p.denominator) AS denominator
		FROM psu AS p
		GROUP BY p.agency_id, p.stable_key, p.stratum_id
	),
	whole AS (
		SELECT s.agency_id, s.stable_key, sum(s.numerator) AS numerator, sum(s.denominator) AS denominator
		FROM stratum AS s
		GROUP BY s.agency_id, s.stable_key
	),
	stage AS (
		SELECT t.stratum_id, t.psus_sampled::numeric AS drawn,
			CASE
				WHEN t.psus_population IS NULL OR bool_or(p.ssus_sampled IS NOT NULL) THEN 1
				ELSE 1 - t.psus_sampled::numeric / t.psus_population
			END AS sampled_part,
			array_agg(p.psu_id ORDER BY p.psu_id) AS psus
		FROM @schema@.survey_stratum AS t
		LEFT JOIN @schema@.survey_psu AS p ON p.stratum_id = t.stratum_id
		WHERE t.survey_id = survey_replicates.survey_id AND t.psus_sampled > 1
		GROUP BY t.stratum_id, t.psus_sampled, t.psus_population
	),
	-- PSUs beyond those listed had no respondents.
	replicate AS MATERIALIZED (
		SELECT s.stratum_id, s.psus[i] AS psu_id, s.drawn,
			(s.sampled_part * (s.drawn - 1) / s.drawn) AS jackknife,
			(row_number() OVER (ORDER BY s.stratum_id, i))::int AS number,
			count(*) OVER () AS replicates
		FROM stage AS s
		CROSS JOIN LATERAL generate_series(1, s.drawn::int) AS i
	),
	left_out AS (
		SELECT r.number, r.replicates, w.agency_id, w.stable_key, sqrt(r.replicates * r.jackknife) AS stretch,
			w.numerator / w.denominator AS estimate,
			-- The others of the stratum stand for the one left out.
			w.numerator + (coalesce(s.numerator, 0) - r.drawn * coalesce(p.numerator, 0)) / (r.drawn - 1) AS numerator,
			w.denominator + (coalesce(s.denominator, 0) - r.drawn * coalesce(p.denominator, 0)) / (r.drawn - 1) AS denominator
		FROM replicate AS r
		CROSS JOIN whole AS w
		LEFT JOIN stratum AS s
			ON s.stratum_id = r.stratum_id AND s.agency_id = w.agency_id AND s.stable_key = w.stable_key
		LEFT JOIN psu AS p
			ON p.psu_id = r.psu_id AND p.agency_id = w.agency_id AND p.stable_key = w.stable_key
	),
	-- A figure stretched past the end of its scale stays at the end.
	scale AS (
		SELECT f.stable_key,
			CASE f.measure WHEN 'mean' THEN min(q.scale_min) ELSE 0 END AS low,
			CASE f.measure WHEN 'mean' THEN max(q.scale_max) ELSE 1 END AS high
		FROM @schema@.survey_factor AS f
		JOIN @schema@.question AS q ON q.survey_id = f.survey_id AND q.factor_code = f.code
		WHERE f.survey_id = survey_replicates.survey_id
		GROUP BY f.stable_key, f.measure
	)
	SELECT 0, t.agency_id, t.stable_key, 0::numeric, t.measured, t.se
	FROM total AS t
	UNION ALL
	SELECT l.number, t.agency_id, t.stable_key, 1.0 / l.replicates,
		CASE
			WHEN l.stretch = 0 THEN t.measured
			WHEN l.denominator > 0
				THEN least(greatest(t.measured + l.stretch * (l.numerator / l.denominator - l.estimate), c.low), c.high)
		END,
		t.se
	FROM left_out AS l
	JOIN total AS t ON t.agency_id = l.agency_id AND t.stable_key = l.stable_key
	JOIN scale AS c ON c.stable_key = l.stable_key
	WHERE t.se IS NOT NULL;
END;

-- Brings the figures of a survey, each in its factor's measure, into the criteria
-- that take them, with their replicates and the standard errors of the points
-- that they give, and gives their number.
-- That they are of all services, and not suppressed, is meant: points are for
-- every agency. Criteria that do not apply to an agency stay without.
CREATE OR REPLACE FUNCTION @schema@.apply_survey(survey_id int, here @schema@.here DEFAULT NULL)
	RETURNS int
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	of_round   CONSTANT int := lock_survey(survey_id);
	unmatched  record;
	figures    int;
BEGIN
	SELECT string_agg(f.code, ', ' ORDER BY f.sort_order, f.code) AS codes INTO unmatched
	FROM survey_factor AS f
	WHERE f.survey_id = apply_survey.survey_id
		AND f.stable_key IS NOT NULL
		AND NOT EXISTS (
			SELECT
			FROM round_track AS t
			JOIN criterion_tree AS c ON c.set_id = t.set_id
			WHERE t.round_id = of_round AND c.stable_key = f.stable_key AND c.is_leaf AND c.source = 'survey'
		);
	IF unmatched.codes IS NOT NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('factors without a criterion of the round: %s', unmatched.codes),
			HINT = 'The stable_key of a factor is that of a leaf with source "survey", or NULL.';
	END IF;

	-- What nobody answers any more, or feeds no criterion, is taken back.
	UPDATE assessment AS a
	SET measured = NULL, standard_error = NULL, obs_status = 'M'
	FROM survey_replicate AS r
	JOIN criterion AS c ON c.stable_key = r.stable_key
	JOIN round_track AS t ON t.set_id = c.set_id
	WHERE r.survey_id = apply_survey.survey_id
		AND r.replicate = 0
		AND t.round_id = of_round
		AND (a.track_id, a.agency_id, a.criterion_id, a.measured) = (t.track_id, r.agency_id, c.criterion_id, r.measured)
		AND (r.agency_id, r.stable_key) NOT IN (
			SELECT x.agency_id, f.stable_key
			FROM survey_answers(apply_survey.survey_id) AS x
			JOIN survey_factor AS f ON f.survey_id = apply_survey.survey_id AND f.code = x.factor_code
			WHERE f.stable_key IS NOT NULL
		);
	DELETE FROM survey_replicate AS r WHERE r.survey_id = apply_survey.survey_id;

	WITH figure AS MATERIALIZED (
		SELECT r.*
		FROM survey_replicates(apply_survey.survey_id) AS r
	),
	place AS MATERIALIZED (
		SELECT p.track_id, p.agency_id, c.criterion_id, c.set_id, c.stable_key
		FROM participation AS p
		JOIN round_track AS t ON t.track_id = p.track_id
		JOIN criterion_tree AS c ON c.set_id = t.set_id AND c.is_leaf AND c.source = 'survey'
		WHERE p.round_id = of_round
			AND NOT EXISTS (
				SELECT FROM applicability AS n
				WHERE n.track_id = p.track_id AND n.agency_id = p.agency_id AND n.criterion_id = c.criterion_id
			)
	),
	kept AS (
		INSERT INTO survey_replicate (survey_id, replicate, agency_id, stable_key, coefficient, measured)
		SELECT apply_survey.survey_id, f.replicate, f.agency_id, f.stable_key, f.coefficient, f.measured
		FROM figure AS f
		JOIN place AS p ON p.agency_id = f.agency_id AND p.stable_key = f.stable_key
		WHERE f.measured IS NOT NULL
	)
	INSERT INTO assessment AS a (track_id, agency_id, criterion_id, set_id, measured)
	SELECT p.track_id, p.agency_id, p.criterion_id, p.set_id, f.measured
	FROM figure AS f
	JOIN place AS p ON p.agency_id = f.agency_id AND p.stable_key = f.stable_key
	WHERE f.replicate = 0
	ON CONFLICT (track_id, agency_id, criterion_id) DO UPDATE
	SET measured = excluded.measured, numerator = NULL, denominator = NULL, obs_status = 'A';
	GET DIAGNOSTICS figures = ROW_COUNT;

	UPDATE assessment AS a
	SET standard_error = e.se
	FROM score_standard_errors(of_round) AS e
	WHERE (a.track_id, a.agency_id, a.criterion_id) = (e.track_id, e.agency_id, e.criterion_id)
		AND a.standard_error IS DISTINCT FROM e.se::numeric(20,10);
	RETURN figures;
END
$$;

-- Standard errors of the points of criteria from surveys, and of the index
-- (criterion NULL) of agencies that have such criteria, by the replicates; NULL
-- where the error of one of them is not known. Only what a replicate changes is
-- scored again: the rules of these criteria, for all agencies, since they may
-- compare; then the sums, caps and roundings of the agencies concerned. Each
-- replicate of a track is scored as a track of its own, and number 0 is the round
-- as it is. A figure that was replaced since it was brought in counts as certain.
CREATE OR REPLACE FUNCTION @schema@.score_standard_errors(
	round_id int, OUT track_id int, OUT agency_id int, OUT criterion_id int, OUT se numeric)
	RETURNS SETOF record
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	SELECT @schema@.require_whole_round();
	WITH input AS MATERIALIZED (
		SELECT
			ARRAY(SELECT t FROM @schema@.live_tracks(score_standard_errors.round_id) AS t) AS tracks,
			ARRAY(SELECT s FROM @schema@.live_sheets(score_standard_errors.round_id) AS s) AS sheets,
			ARRAY(SELECT l FROM @schema@.live_leaves(score_standard_errors.round_id) AS l) AS leaves
		WHERE EXISTS (
			SELECT
			FROM @schema@.survey_replicate AS r
			JOIN @schema@.survey AS s ON s.survey_id = r.survey_id
			WHERE s.round_id = score_standard_errors.round_id
		)
	),
	track AS MATERIALIZED (
		SELECT t.*, t.framework::parindex.framework AS tree
		FROM input AS i
		CROSS JOIN LATERAL unnest(i.tracks) AS t
	),
	leaf AS MATERIALIZED (
		SELECT l.*, c.code, c.stable_key
		FROM input AS i
		CROSS JOIN LATERAL unnest(i.leaves) AS l
		JOIN @schema@.criterion AS c ON c.criterion_id = l.criterion_id
	),
	-- Criteria of agencies that stand as a survey of the round left them.
	figure AS MATERIALIZED (
		SELECT r.survey_id, l.track_id, l.agency_id, l.criterion_id, l.stable_key
		FROM leaf AS l
		JOIN @schema@.survey_replicate AS r
			ON r.agency_id = l.agency_id AND r.stable_key = l.stable_key AND r.replicate = 0 AND r.measured = l.measured
		JOIN @schema@.survey AS s ON s.survey_id = r.survey_id
		WHERE l.by_rule AND s.round_id = score_standard_errors.round_id
	),
	changed AS MATERIALIZED (
		SELECT f.track_id, f.agency_id, f.criterion_id, r.survey_id, r.replicate, r.coefficient, r.measured
		FROM figure AS f
		JOIN @schema@.survey_replicate AS r
			ON r.survey_id = f.survey_id AND r.agency_id = f.agency_id AND r.stable_key = f.stable_key AND r.replicate > 0
	),
	drawn AS (
		SELECT DISTINCT c.survey_id, c.replicate, c.coefficient
		FROM changed AS c
	),
	known AS MATERIALIZED (
		SELECT f.track_id, f.agency_id, f.criterion_id,
			count(c.replicate) = (SELECT count(*) FROM drawn AS d WHERE d.survey_id = f.survey_id) AS is_known
		FROM figure AS f
		LEFT JOIN changed AS c
			ON c.survey_id = f.survey_id AND c.agency_id = f.agency_id AND c.criterion_id = f.criterion_id
		GROUP BY f.survey_id, f.track_id, f.agency_id, f.criterion_id
	),
	concerned AS MATERIALIZED (
		SELECT k.track_id, k.agency_id, bool_and(k.is_known) AS is_known
		FROM known AS k
		GROUP BY k.track_id, k.agency_id
	),
	replicate AS MATERIALIZED (
		SELECT (row_number() OVER ())::int AS replicate_track_id, t.track_id, d.survey_id, d.replicate, d.coefficient
		FROM track AS t
		CROSS JOIN (
			SELECT drawn.survey_id, drawn.replicate, drawn.coefficient FROM drawn
			UNION ALL
			SELECT NULL, 0, 0
		) AS d
		WHERE t.track_id IN (SELECT c.track_id FROM concerned AS c)
	),
	replicate_sheet AS MATERIALIZED (
		SELECT (r.replicate_track_id, s.agency_id, s.outcome, s.reason, s.forced_score, s.months_covered, s.in_reference,
			s.submitted_at, s.points, s.max_points, s.bonus, s.penalty, s.cap, s.index_percent, s.index_published, s.index_se,
			s.tie_key, s.rank, s.rank_of, s.tied_count, s.tie_break_used, s.rank_low, s.rank_high, s.group_no, s.grade_code,
			s.coverage)::@schema@.sheet AS sheet,
			EXISTS (
				SELECT FROM concerned AS c WHERE c.track_id = s.track_id AND c.agency_id = s.agency_id
			) AS is_concerned
		FROM input AS i
		CROSS JOIN LATERAL unnest(i.sheets) AS s
		JOIN replicate AS r ON r.track_id = s.track_id
	),
	varying AS MATERIALIZED (
		SELECT DISTINCT f.track_id, f.criterion_id
		FROM figure AS f
	),
	replicate_leaf AS MATERIALIZED (
		SELECT p.*
		FROM @schema@.apply_rules(
			ARRAY(SELECT s.sheet FROM replicate_sheet AS s),
			ARRAY(
				SELECT (r.replicate_track_id, l.agency_id, l.criterion_id, l.domain_id, l.depth, l.is_leaf, l.by_rule,
					coalesce(c.measured, l.measured), l.numerator, l.denominator, l.self_points, l.verified_points,
					l.appeal_points, l.points, l.max_points, l.percent, l.rank, l.status, l.coverage, l.standard_error,
					l.evidence_count, l.evidence_digest, l.appeal_outcome, l.obs_status, l.conf_status)::@schema@.node_score
				FROM leaf AS l
				JOIN varying AS v ON v.track_id = l.track_id AND v.criterion_id = l.criterion_id
				JOIN replicate AS r ON r.track_id = l.track_id
				LEFT JOIN changed AS c
					ON c.survey_id = r.survey_id AND c.replicate = r.replicate
					AND c.agency_id = l.agency_id AND c.criterion_id = l.criterion_id
			)) AS p
	),
	constant_leaf AS (
		SELECT p.*
		FROM input AS i
		CROSS JOIN LATERAL @schema@.apply_rules(i.sheets, i.leaves) AS p
		WHERE (p.track_id, p.agency_id) IN (SELECT c.track_id, c.agency_id FROM concerned AS c)
			AND (p.track_id, p.criterion_id) NOT IN (SELECT v.track_id, v.criterion_id FROM varying AS v)
	),
	part AS (
		SELECT r.replicate_track_id, l.agency_id, l.points
		FROM (
			SELECT l.track_id, l.agency_id, parindex.index_points_agg(t.tree, c.code, l.points, l.status) AS points
			FROM constant_leaf AS l
			JOIN track AS t ON t.track_id = l.track_id
			JOIN @schema@.criterion AS c ON c.criterion_id = l.criterion_id
			GROUP BY l.track_id, l.agency_id
		) AS l
		JOIN replicate AS r ON r.track_id = l.track_id
		UNION ALL
		SELECT l.track_id, l.agency_id, parindex.index_points_agg(t.tree, c.code, l.points, l.status)
		FROM replicate_leaf AS l
		JOIN replicate AS r ON r.replicate_track_id = l.track_id
		JOIN track AS t ON t.track_id = r.track_id
		JOIN concerned AS k ON k.track_id = r.track_id AND k.agency_id = l.agency_id
		JOIN @schema@.criterion AS c ON c.criterion_id = l.criterion_id
		GROUP BY l.track_id, l.agency_id
	),
	root AS (
		SELECT p.replicate_track_id, p.agency_id, parindex.rollup(p.points) AS points
		FROM part AS p
		GROUP BY p.replicate_track_id, p.agency_id
	),
	scored AS MATERIALIZED (
		SELECT r.track_id, r.survey_id, r.replicate, r.coefficient, s.agency_id, s.outcome, s.index_percent
		FROM @schema@.score_sheets(
			ARRAY(
				SELECT (r.replicate_track_id, t.set_id, NULL, NULL, '{}', t.digits, 'ranks', NULL, t.bonus_cap,
					t.penalty_cap, t.index_cap)::@schema@.track_definition
				FROM replicate AS r
				JOIN track AS t ON t.track_id = r.track_id
			),
			ARRAY(SELECT s.sheet FROM replicate_sheet AS s WHERE s.is_concerned),
			ARRAY(
				SELECT (p.replicate_track_id, p.agency_id, NULL, NULL, 0, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
					NULL, NULL, parindex.index_percent(p.points, t.tree, 20), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
					NULL)::@schema@.node_score
				FROM root AS p
				JOIN replicate AS r ON r.replicate_track_id = p.replicate_track_id
				JOIN track AS t ON t.track_id = r.track_id
			)) AS s
		JOIN replicate AS r ON r.replicate_track_id = s.track_id
	)
	SELECT b.track_id, b.agency_id, NULL::int,
		CASE WHEN c.is_known THEN sqrt(sum(s.coefficient * (s.index_percent - b.index_percent) ^ 2)) END
	FROM scored AS b
	JOIN scored AS s ON s.track_id = b.track_id AND s.agency_id = b.agency_id AND s.replicate > 0
	JOIN concerned AS c ON c.track_id = b.track_id AND c.agency_id = b.agency_id
	WHERE b.replicate = 0 AND b.outcome IN ('ranked', 'unranked')
	GROUP BY b.track_id, b.agency_id, c.is_known
	UNION ALL
	SELECT k.track_id, k.agency_id, k.criterion_id,
		CASE WHEN k.is_known THEN sqrt(sum(s.coefficient * (l.points - b.points) ^ 2)) END
	FROM known AS k
	JOIN replicate AS z ON z.track_id = k.track_id AND z.replicate = 0
	JOIN replicate_leaf AS b
		ON b.track_id = z.replicate_track_id AND b.agency_id = k.agency_id AND b.criterion_id = k.criterion_id
	JOIN replicate AS s ON s.track_id = k.track_id AND s.replicate > 0
	JOIN replicate_leaf AS l
		ON l.track_id = s.replicate_track_id AND l.agency_id = k.agency_id AND l.criterion_id = k.criterion_id
	GROUP BY k.track_id, k.agency_id, k.criterion_id, k.is_known;
END;

CREATE OR REPLACE FUNCTION @schema@.index_standard_errors(round_id int, OUT track_id int, OUT agency_id int, OUT se numeric)
	RETURNS SETOF record
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT e.track_id, e.agency_id, e.se
	FROM @schema@.score_standard_errors(index_standard_errors.round_id) AS e
	WHERE e.criterion_id IS NULL;
END;

COMMENT ON TABLE @schema@.survey_replicate IS
'Figures that criteria take from a survey, as other samples might have given them. / Các con số tiêu chí lấy từ khảo sát, theo những mẫu khác có thể được chọn.';
COMMENT ON COLUMN @schema@.survey_replicate.replicate IS
'Number of the replicate: one a sampling unit left out; 0 the figure itself. / Số thứ tự mẫu lặp: mỗi đơn vị mẫu bị bỏ ra một mẫu lặp; 0 là chính con số.';
COMMENT ON COLUMN @schema@.survey_replicate.stable_key IS
'The criterion. / Khóa ổn định của tiêu chí.';
COMMENT ON COLUMN @schema@.survey_replicate.coefficient IS
'What a squared deviation counts in the variance; 0 for replicate 0. / Hệ số của bình phương độ lệch trong phương sai; 0 với mẫu lặp số 0.';
COMMENT ON COLUMN @schema@.survey_replicate.measured IS
'The figure: a mean, or a share from 0 to 1. / Con số: trung bình hoặc tỷ lệ từ 0 đến 1.';

COMMENT ON FUNCTION @schema@.survey_replicates(integer) IS
'The figures of a survey for criteria, with their standard errors, and replicates of them: of those rows that the caller sees, all for publishers. / Các con số của khảo sát dùng cho tiêu chí, kèm sai số chuẩn và các mẫu lặp, tính trên các dòng người gọi được xem (publisher xem tất cả).';
COMMENT ON FUNCTION @schema@.apply_survey(integer, @schema@.here) IS
'Brings the figures of a survey into the criteria that its factors name, with the standard errors of the points they give, and gives their number. Raises 42501 for others than publishers, P0002 without the survey, 55000 once the round is published, 22023 for factors without a criterion, or answers outside their scale. / Đưa kết quả khảo sát vào các tiêu chí mà yếu tố chỉ định, kèm sai số chuẩn của điểm, và trả về số kết quả. Lỗi: 42501 nếu không phải publisher, P0002 nếu không có khảo sát, 55000 nếu kỳ đã công bố, 22023 nếu yếu tố không có tiêu chí tương ứng hoặc câu trả lời ngoài thang.';
COMMENT ON FUNCTION @schema@.score_standard_errors(integer) IS
'Standard errors, sampling error only, of the points of criteria that stand as surveys of the round gave them, and of the index (criterion_id NULL, in points of the index) of agencies with such criteria; NULL where not known. Raises 42501 unless the caller sees the whole round. / Sai số chuẩn, chỉ gồm sai số chọn mẫu, của điểm các tiêu chí lấy từ khảo sát trong kỳ và của chỉ số (criterion_id NULL) của các cơ quan có tiêu chí đó; NULL nếu không rõ. Báo lỗi 42501 nếu người gọi không được xem toàn bộ kỳ.';
COMMENT ON FUNCTION @schema@.index_standard_errors(integer) IS
'Standard error of the index, in points of the index, sampling error only, of agencies with criteria from surveys of the round; NULL where a figure has none. Raises 42501 unless the caller sees the whole round. / Sai số chuẩn của chỉ số (điểm), chỉ gồm sai số chọn mẫu, của các cơ quan có tiêu chí lấy từ khảo sát trong kỳ; NULL nếu có con số không tính được sai số. Báo lỗi 42501 nếu người gọi không được xem toàn bộ kỳ.';
