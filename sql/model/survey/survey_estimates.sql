-- What surveys found, estimated by their designs: one figure an agency, service,
-- factor and measure, with its sampling error. Members read these tables, so what
-- is too small to be published is suppressed before it is stored, and with it
-- what would give it away by subtraction.

-- All services of the agency have service_id NULL. n: respondents.
CREATE TABLE @schema@.survey_estimate (
	survey_id       int NOT NULL,
	track_id        int REFERENCES @schema@.round_track,
	agency_id       int NOT NULL REFERENCES @schema@.agency,
	service_id      int,
	factor_code     varchar(40) NOT NULL,
	measure         varchar(10) NOT NULL CHECK (measure IN ('mean', 'top2', 'all4')),
	estimate        numeric(20,10),
	se              numeric(20,10),
	ci_low          numeric(20,10),
	ci_high         numeric(20,10),
	level           numeric(4,3) NOT NULL,
	n               int,
	n_psu           int,
	df              int,
	deff            numeric(20,10),
	status          varchar(20),
	response_rate   numeric(7,6),
	is_suppressed   boolean NOT NULL,
	suppress_reason varchar(20) CHECK (suppress_reason IN ('few_respondents', 'subtraction')),
	UNIQUE NULLS NOT DISTINCT (survey_id, agency_id, service_id, factor_code, measure),
	FOREIGN KEY (survey_id, factor_code) REFERENCES @schema@.survey_factor (survey_id, code) ON DELETE CASCADE,
	FOREIGN KEY (survey_id, service_id) REFERENCES @schema@.survey_service (survey_id, service_id) ON DELETE CASCADE,
	CHECK (is_suppressed = (suppress_reason IS NOT NULL)),
	CHECK (NOT is_suppressed OR num_nonnulls(estimate, se, ci_low, ci_high, n, n_psu, df, deff, status, response_rate) = 0)
);

CREATE INDEX survey_estimate_agency_id_idx ON @schema@.survey_estimate (agency_id);

CREATE TABLE @schema@.survey_factor_quality (
	survey_id      int NOT NULL,
	track_id       int REFERENCES @schema@.round_track,
	agency_id      int NOT NULL REFERENCES @schema@.agency,
	factor_code    varchar(40) NOT NULL,
	response_rate  numeric(7,6),
	item_missing   numeric(7,6),
	deff           numeric(20,10),
	lonely_psus    int,
	cronbach_alpha numeric(20,10),
	PRIMARY KEY (survey_id, agency_id, factor_code),
	FOREIGN KEY (survey_id, factor_code) REFERENCES @schema@.survey_factor (survey_id, code) ON DELETE CASCADE
);

CREATE INDEX survey_factor_quality_agency_id_idx ON @schema@.survey_factor_quality (agency_id);

ALTER TABLE @schema@.survey_estimate ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.survey_factor_quality ENABLE ROW LEVEL SECURITY;

-- Replaced by upgrades:

DROP POLICY IF EXISTS members_see ON @schema@.survey_estimate;
CREATE POLICY members_see ON @schema@.survey_estimate FOR SELECT
	USING ((SELECT @schema@.sees_whole_round()) OR survey_id IN (
		SELECT s.survey_id
		FROM @schema@.survey AS s
		JOIN @schema@.assessment_round AS r ON r.round_id = s.round_id
		WHERE r.stage = 'published'
	));
DROP POLICY IF EXISTS members_see ON @schema@.survey_factor_quality;
CREATE POLICY members_see ON @schema@.survey_factor_quality FOR SELECT
	USING ((SELECT @schema@.sees_whole_round()) OR survey_id IN (
		SELECT s.survey_id
		FROM @schema@.survey AS s
		JOIN @schema@.assessment_round AS r ON r.round_id = s.round_id
		WHERE r.stage = 'published'
	));

-- What each respondent answered to the questions of a factor, with his place in
-- the sample. A design of one stage is one of two whose PSUs are each their own,
-- and only, second-stage unit: the variance is the same.
CREATE OR REPLACE FUNCTION @schema@.survey_answers(
	survey_id int,
	OUT agency_id int, OUT service_id int, OUT weight numeric, OUT stratum_id bigint, OUT psu_id bigint, OUT ssu_no bigint,
	OUT factor_code varchar, OUT answers bigint, OUT top2 bigint, OUT mean numeric, OUT all4 boolean)
	RETURNS SETOF record
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT
		r.agency_id, r.service_id, r.weight, r.stratum_id::bigint, r.psu_id::bigint,
		CASE WHEN p.ssus_sampled IS NULL THEN 0 ELSE r.ssu_no END::bigint,
		q.factor_code,
		count(*),
		count(*) FILTER (WHERE a.answer >= q.scale_max - 1),
		avg(a.answer),
		count(*) FILTER (WHERE a.answer >= q.scale_max - 1) = f.questions
	FROM @schema@.response AS a
	JOIN (
		SELECT q.question_id, q.factor_code, q.scale_max
		FROM @schema@.question AS q
		WHERE q.survey_id = survey_answers.survey_id
	) AS q ON q.question_id = a.question_id
	JOIN (
		SELECT q.factor_code, count(*) AS questions
		FROM @schema@.question AS q
		WHERE q.survey_id = survey_answers.survey_id
		GROUP BY q.factor_code
	) AS f ON f.factor_code = q.factor_code
	JOIN @schema@.respondent AS r ON r.respondent_id = a.respondent_id
	JOIN @schema@.survey_psu AS p ON p.psu_id = r.psu_id
	WHERE r.survey_id = survey_answers.survey_id AND a.answer IS NOT NULL AND r.weight > 0
	GROUP BY r.respondent_id, r.agency_id, r.service_id, r.weight, r.stratum_id, r.psu_id, r.ssu_no, p.ssus_sampled,
		q.factor_code, f.questions;
END;

CREATE OR REPLACE FUNCTION @schema@.sampling_design(survey_id int) RETURNS parindex.survey_design
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT parindex.survey_design_agg(
		s.stratum_id::bigint, s.psus_sampled::bigint, s.psus_population::bigint, p.psu_id::bigint,
		coalesce(p.ssus_sampled, 1)::bigint, CASE WHEN p.ssus_sampled IS NULL THEN 1 ELSE p.ssus_population END::bigint)
	FROM @schema@.survey_stratum AS s
	JOIN @schema@.survey_psu AS p ON p.stratum_id = s.stratum_id
	WHERE s.survey_id = sampling_design.survey_id;
END;

-- Every figure of a survey, of an agency's services and of all of them, none
-- suppressed. Answers without a service count for the agency only; they are
-- given as a cell of their own, with service_id NULL and is_total false.
CREATE OR REPLACE FUNCTION @schema@.survey_cells(
	survey_id int,
	OUT agency_id int, OUT service_id int, OUT is_total boolean, OUT factor_code varchar, OUT measure varchar,
	OUT estimate float8, OUT se float8, OUT ci_low float8, OUT ci_high float8, OUT n bigint, OUT n_psu bigint,
	OUT df bigint, OUT deff float8, OUT status text, OUT response_rate numeric)
	RETURNS SETOF record
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH sample AS MATERIALIZED (
		SELECT @schema@.sampling_design(survey_cells.survey_id) AS design
	),
	answer AS MATERIALIZED (
		SELECT a.*, a.weight::float8 AS w
		FROM @schema@.survey_answers(survey_cells.survey_id) AS a
	),
	respondents AS (
		SELECT a.agency_id, a.service_id, grouping(a.service_id) = 1 AS is_total, a.factor_code,
			count(*) AS n,
			parindex.survey_stats(a.mean::float8, a.w, a.stratum_id, a.psu_id, a.ssu_no) AS mean,
			parindex.survey_stats(a.all4, a.w, a.stratum_id, a.psu_id, a.ssu_no) AS all4
		FROM answer AS a
		GROUP BY GROUPING SETS ((a.agency_id, a.factor_code), (a.agency_id, a.factor_code, a.service_id))
	),
	answers AS (
		SELECT a.agency_id, a.service_id, grouping(a.service_id) = 1 AS is_total, a.factor_code,
			parindex.survey_stats(k <= a.top2, a.w, a.stratum_id, a.psu_id, a.ssu_no) AS top2
		FROM answer AS a
		CROSS JOIN LATERAL generate_series(1, a.answers) AS k
		GROUP BY GROUPING SETS ((a.agency_id, a.factor_code), (a.agency_id, a.factor_code, a.service_id))
	),
	asked AS (
		SELECT r.agency_id, r.service_id, grouping(r.service_id) = 1 AS is_total,
			count(*) FILTER (WHERE r.responded)::numeric / count(*) AS response_rate
		FROM @schema@.respondent AS r
		WHERE r.survey_id = survey_cells.survey_id
		GROUP BY GROUPING SETS ((r.agency_id), (r.agency_id, r.service_id))
	),
	cell AS (
		SELECT k.agency_id, k.service_id, k.is_total, f.code AS factor_code, k.response_rate, coalesce(r.n, 0) AS n,
			r.mean, a.top2, r.all4, s.level::float8 AS level, s.lonely_psu
		FROM @schema@.survey AS s
		JOIN @schema@.survey_factor AS f ON f.survey_id = s.survey_id
		CROSS JOIN asked AS k
		LEFT JOIN respondents AS r
			ON r.agency_id = k.agency_id AND r.is_total = k.is_total AND r.factor_code = f.code
			AND coalesce(r.service_id, 0) = coalesce(k.service_id, 0)
		LEFT JOIN answers AS a
			ON a.agency_id = k.agency_id AND a.is_total = k.is_total AND a.factor_code = f.code
			AND coalesce(a.service_id, 0) = coalesce(k.service_id, 0)
		WHERE s.survey_id = survey_cells.survey_id
	)
	SELECT c.agency_id, c.service_id, c.is_total, c.factor_code, e.measure,
		e.estimate, e.se, e.ci_low, e.ci_high, c.n, e.n_psu, e.df, e.deff, coalesce(e.status, 'no_answers'), c.response_rate
	FROM sample AS d
	CROSS JOIN cell AS c
	CROSS JOIN LATERAL (
		SELECT 'mean'::varchar AS measure, m.*
		FROM parindex.svy_estimate(c.mean, d.design, 'mean', c.level, c.lonely_psu) AS m
		UNION ALL
		SELECT 'top2', t.*
		FROM parindex.svy_share(c.top2, d.design, 'logit', c.level, c.lonely_psu) AS t
		UNION ALL
		SELECT 'all4', l.*
		FROM parindex.svy_share(c.all4, d.design, 'logit', c.level, c.lonely_psu) AS l
	) AS e;
END;

-- Which cells may not be published, and why. A cell of fewer than min_cell
-- respondents may not. What is not published of an agency and factor is known
-- together, as the total less the rest; so where it holds such a cell it has to
-- be two cells at least, and min_cell respondents at least, for which the next
-- smallest services are suppressed too. Answers without a service are never
-- published by themselves, and count as one such cell. If all services are not
-- enough, the total is too small itself.
CREATE OR REPLACE FUNCTION @schema@.suppressed_cells(
	survey_id int, agency_ids int[], service_ids int[], totals boolean[], factor_codes varchar[], respondents bigint[],
	OUT agency_id int, OUT service_id int, OUT is_total boolean, OUT factor_code varchar, OUT reason varchar)
	RETURNS SETOF record
	LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH cell AS (
		SELECT c.*, s.min_cell
		FROM @schema@.survey AS s
		CROSS JOIN unnest(agency_ids, service_ids, totals, factor_codes, respondents)
			AS c (agency_id, service_id, is_total, factor_code, n)
		WHERE s.survey_id = suppressed_cells.survey_id
	),
	part AS (
		SELECT c.*,
			bool_or(c.n > 0 AND c.n < c.min_cell) OVER whole AS protects,
			count(*) FILTER (WHERE c.n > 0) OVER smaller AS cells_before,
			coalesce(sum(c.n) OVER smaller, 0) AS respondents_before
		FROM cell AS c
		WHERE NOT c.is_total
		WINDOW
			whole AS (PARTITION BY c.agency_id, c.factor_code),
			smaller AS (
				-- Without a service first: it is hidden in any case.
				PARTITION BY c.agency_id, c.factor_code
				ORDER BY c.service_id IS NOT NULL, c.n, c.service_id
				ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
	)
	SELECT c.agency_id, c.service_id, c.is_total, c.factor_code, 'few_respondents'::varchar
	FROM cell AS c
	WHERE c.n < c.min_cell
	UNION ALL
	SELECT p.agency_id, p.service_id, p.is_total, p.factor_code, 'subtraction'
	FROM part AS p
	WHERE p.n >= p.min_cell
		AND p.service_id IS NOT NULL
		AND p.protects
		AND (p.cells_before < 2 OR p.respondents_before < p.min_cell);
END;

-- Whether the survey may be estimated by the caller now, and its answers are
-- answers; its row stays locked.
CREATE OR REPLACE FUNCTION @schema@.lock_survey(survey_id int, here @schema@.here DEFAULT NULL)
	RETURNS int
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	chosen record;
	faults record;
BEGIN
	PERFORM require_capability('publisher');
	SELECT s.survey_id, r.round_id, r.code, r.stage INTO chosen
	FROM survey AS s
	JOIN assessment_round AS r ON r.round_id = s.round_id
	WHERE s.survey_id = lock_survey.survey_id
	FOR UPDATE OF s FOR SHARE OF r;
	IF NOT FOUND THEN
		RAISE no_data_found USING MESSAGE = format('there is no survey %s', lock_survey.survey_id);
	ELSIF chosen.stage = 'published' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('round "%s" is published, and with it what its surveys found', chosen.code),
			HINT = format('To correct a published round, reopen it: SELECT %I.reopen(publication_id, reason).', own_schema);
	END IF;
	SELECT sum(f.answers) AS number,
		string_agg(format('question %s: %s answers outside %s to %s', f.code, f.answers, f.scale_min, f.scale_max), E'\n' ORDER BY f.code) AS list
	INTO faults
	FROM (
		SELECT q.code, q.scale_min, q.scale_max, count(*) AS answers
		FROM question AS q
		JOIN response AS a ON a.question_id = q.question_id
		WHERE q.survey_id = lock_survey.survey_id AND a.answer NOT BETWEEN q.scale_min AND q.scale_max
		GROUP BY q.question_id
	) AS f;
	IF faults.number > 0 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s answers are not on the scale of their question', faults.number),
			DETAIL = faults.list;
	END IF;
	RETURN chosen.round_id;
END
$$;

REVOKE ALL ON FUNCTION @schema@.lock_survey(int, @schema@.here) FROM PUBLIC;

-- Estimates a survey anew, and gives the number of figures.
CREATE OR REPLACE FUNCTION @schema@.estimate_survey(survey_id int, here @schema@.here DEFAULT NULL)
	RETURNS int
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	figures int;
BEGIN
	PERFORM lock_survey(estimate_survey.survey_id);
	DELETE FROM survey_estimate AS e WHERE e.survey_id = estimate_survey.survey_id;
	DELETE FROM survey_factor_quality AS q WHERE q.survey_id = estimate_survey.survey_id;

	WITH cell AS MATERIALIZED (
		SELECT c.*
		FROM survey_cells(estimate_survey.survey_id) AS c
	),
	suppressed AS (
		SELECT s.*
		FROM (
			SELECT
				array_agg(c.agency_id) AS agency_ids, array_agg(c.service_id) AS service_ids, array_agg(c.is_total) AS totals,
				array_agg(c.factor_code) AS factor_codes, array_agg(c.n) AS respondents
			FROM cell AS c
			WHERE c.measure = 'mean'
		) AS a
		CROSS JOIN LATERAL suppressed_cells(estimate_survey.survey_id, a.agency_ids, a.service_ids, a.totals, a.factor_codes,
			a.respondents) AS s
	)
	INSERT INTO survey_estimate (survey_id, track_id, agency_id, service_id, factor_code, measure, estimate, se, ci_low,
		ci_high, level, n, n_psu, df, deff, status, response_rate, is_suppressed, suppress_reason)
	SELECT v.survey_id, p.track_id, c.agency_id, c.service_id, c.factor_code, c.measure,
		h.estimate, h.se, h.ci_low, h.ci_high, v.level, h.n, h.n_psu, h.df, h.deff, h.status, h.response_rate,
		s.agency_id IS NOT NULL, s.reason
	FROM cell AS c
	JOIN survey AS v ON v.survey_id = estimate_survey.survey_id
	LEFT JOIN participation AS p ON p.round_id = v.round_id AND p.agency_id = c.agency_id
	LEFT JOIN suppressed AS s
		ON s.agency_id = c.agency_id AND s.is_total = c.is_total AND s.factor_code = c.factor_code
		AND s.service_id IS NOT DISTINCT FROM c.service_id
	LEFT JOIN LATERAL (
		SELECT c.estimate, c.se, c.ci_low, c.ci_high, c.n, c.n_psu, c.df, c.deff, c.status, c.response_rate
		WHERE s.agency_id IS NULL
	) AS h ON true
	WHERE c.is_total OR c.service_id IS NOT NULL;
	GET DIAGNOSTICS figures = ROW_COUNT;

	-- Of agencies whose total is published; the design effect is that of the
	-- factor's measure.
	WITH question_of AS (
		SELECT q.factor_code, q.question_id, row_number() OVER (PARTITION BY q.factor_code ORDER BY q.question_id) AS place
		FROM question AS q
		WHERE q.survey_id = estimate_survey.survey_id
	),
	sheet AS (
		SELECT r.respondent_id, r.agency_id, r.weight, q.factor_code,
			array_agg(a.answer::float8 ORDER BY q.place) AS items,
			count(*) FILTER (WHERE r.responded) AS expected,
			count(*) FILTER (WHERE r.responded AND a.answer IS NULL) AS missing
		FROM respondent AS r
		CROSS JOIN question_of AS q
		LEFT JOIN response AS a ON a.respondent_id = r.respondent_id AND a.question_id = q.question_id
		WHERE r.survey_id = estimate_survey.survey_id
		GROUP BY r.respondent_id, r.agency_id, r.weight, q.factor_code
	),
	alpha AS (
		SELECT s.agency_id, s.factor_code,
			sum(s.missing) / nullif(sum(s.expected), 0) AS item_missing,
			CASE WHEN max(cardinality(s.items)) > 1 THEN parindex.svy_cronbach_alpha(s.items, s.weight::float8) END AS cronbach_alpha
		FROM sheet AS s
		GROUP BY s.agency_id, s.factor_code
	),
	lonely AS (
		SELECT m.agency_id, count(*) AS lonely_psus
		FROM (
			SELECT DISTINCT r.agency_id, r.stratum_id
			FROM respondent AS r
			WHERE r.survey_id = estimate_survey.survey_id AND r.responded
		) AS m
		JOIN survey_stratum AS t ON t.stratum_id = m.stratum_id
		WHERE t.psus_sampled = 1 AND t.psus_population IS DISTINCT FROM 1
		GROUP BY m.agency_id
	)
	INSERT INTO survey_factor_quality (survey_id, track_id, agency_id, factor_code, response_rate, item_missing, deff,
		lonely_psus, cronbach_alpha)
	SELECT e.survey_id, e.track_id, e.agency_id, e.factor_code, e.response_rate,
		CASE WHEN NOT e.is_suppressed THEN a.item_missing END,
		e.deff,
		CASE WHEN NOT e.is_suppressed THEN coalesce(l.lonely_psus, 0) END,
		CASE WHEN NOT e.is_suppressed THEN a.cronbach_alpha END
	FROM survey_estimate AS e
	JOIN survey_factor AS f ON f.survey_id = e.survey_id AND f.code = e.factor_code AND f.measure = e.measure
	LEFT JOIN alpha AS a ON a.agency_id = e.agency_id AND a.factor_code = e.factor_code
	LEFT JOIN lonely AS l ON l.agency_id = e.agency_id
	WHERE e.survey_id = estimate_survey.survey_id AND e.service_id IS NULL;
	RETURN figures;
END
$$;

COMMENT ON TABLE @schema@.survey_estimate IS
'Estimates of a survey by agency, service, factor and measure, with their sampling error; suppressed where too few answered. / Kết quả ước lượng của khảo sát theo cơ quan, dịch vụ, yếu tố và cách tính, kèm sai số chọn mẫu; được ẩn khi quá ít người trả lời.';
COMMENT ON COLUMN @schema@.survey_estimate.track_id IS
'Track the agency takes part in; NULL if in none. / Khối mà cơ quan tham gia; NULL nếu không tham gia.';
COMMENT ON COLUMN @schema@.survey_estimate.service_id IS
'The service; NULL for all services of the agency together. / Dịch vụ; NULL là tất cả dịch vụ của cơ quan.';
COMMENT ON COLUMN @schema@.survey_estimate.measure IS
'mean, top2 or all4, as in survey_factor. / Cách tính mean, top2 hoặc all4, như ở bảng survey_factor.';
COMMENT ON COLUMN @schema@.survey_estimate.estimate IS
'The estimate: a mean in points of the scale, a share from 0 to 1; NULL without answers. / Giá trị ước lượng: trung bình theo thang điểm, tỷ lệ từ 0 đến 1; NULL nếu không có câu trả lời.';
COMMENT ON COLUMN @schema@.survey_estimate.se IS
'Standard error by the design, sampling error only; NULL where the sample does not tell. / Sai số chuẩn theo thiết kế mẫu, chỉ gồm sai số chọn mẫu; NULL nếu mẫu không cho biết.';
COMMENT ON COLUMN @schema@.survey_estimate.ci_low IS
'Lower end of the interval at the level, logit for shares. / Cận dưới của khoảng tin cậy, theo logit đối với tỷ lệ.';
COMMENT ON COLUMN @schema@.survey_estimate.ci_high IS
'Upper end of the interval. / Cận trên của khoảng tin cậy.';
COMMENT ON COLUMN @schema@.survey_estimate.n IS
'Respondents who answered a question of the factor. / Số người có trả lời câu hỏi của yếu tố.';
COMMENT ON COLUMN @schema@.survey_estimate.df IS
'Degrees of freedom: these units less their strata. / Số bậc tự do: số đơn vị này trừ số tầng.';
COMMENT ON COLUMN @schema@.survey_estimate.deff IS
'Design effect: variance over that of a simple random sample of as many. / Hiệu ứng thiết kế: phương sai so với mẫu ngẫu nhiên đơn cùng cỡ.';
COMMENT ON COLUMN @schema@.survey_estimate.status IS
'ok, census, or why the error is not known, as in parindex.svy_estimate(). / ok, census, hoặc lý do không tính được sai số, như hàm parindex.svy_estimate().';
COMMENT ON COLUMN @schema@.survey_estimate.suppress_reason IS
'few_respondents: fewer than the survey''s min_cell; subtraction: would give such a cell away. / few_respondents: ít hơn min_cell; subtraction: nếu công bố sẽ suy ra được ô bị ẩn khác.';

COMMENT ON TABLE @schema@.survey_factor_quality IS
'How good a survey is, by agency and factor; NULL where the agency''s figure is suppressed. / Chất lượng khảo sát theo cơ quan và yếu tố; NULL nếu con số của cơ quan bị ẩn.';
COMMENT ON COLUMN @schema@.survey_factor_quality.track_id IS
'Track the agency takes part in; NULL if in none. / Khối mà cơ quan tham gia; NULL nếu không tham gia.';

COMMENT ON FUNCTION @schema@.survey_answers(integer) IS
'One row a respondent and factor with what was answered: how many answers, how many in the two best categories, their mean, and whether all questions were answered with these; those the caller sees. / Mỗi dòng một người trả lời và một yếu tố: số câu trả lời, số câu ở hai mức tốt nhất, trung bình, và có trả lời tất cả các câu ở hai mức đó không; trong phạm vi người gọi được xem.';
COMMENT ON FUNCTION @schema@.sampling_design(integer) IS
'The design of a survey as the engine takes it; NULL without sampling units. / Thiết kế mẫu của khảo sát theo dạng của thư viện; NULL nếu chưa có đơn vị mẫu.';
COMMENT ON FUNCTION @schema@.survey_cells(integer) IS
'Every figure of a survey before suppression: of those rows that the caller sees, all for publishers. Raises 22023 where the design does not tell a variance (lonely_psu fail). / Mọi con số của khảo sát trước khi ẩn, tính trên các dòng người gọi được xem (publisher xem tất cả). Báo lỗi 22023 nếu thiết kế không cho phép tính phương sai (lonely_psu là fail).';
COMMENT ON FUNCTION @schema@.suppressed_cells(integer, integer[], integer[], boolean[], varchar[], bigint[]) IS
'Which cells, given with their numbers of respondents, are not published and why. / Những ô (kèm số người trả lời) không được công bố và lý do.';
COMMENT ON FUNCTION @schema@.lock_survey(integer, @schema@.here) IS
'Gives the round of a survey that the caller may estimate now. Raises 42501 for others than publishers, P0002 without the survey, 55000 once the round is published, 22023 for answers outside their scale. / Trả về kỳ của khảo sát mà người gọi được phép ước lượng. Lỗi: 42501 nếu không phải publisher, P0002 nếu không có khảo sát, 55000 nếu kỳ đã công bố, 22023 nếu có câu trả lời ngoài thang.';
COMMENT ON FUNCTION @schema@.estimate_survey(integer, @schema@.here) IS
'Estimates a survey anew into survey_estimate and survey_factor_quality and gives the number of figures. Raises 42501 for others than publishers, P0002 without the survey, 55000 once the round is published, 22023 and 22004 where answers do not fit their scale or the design. / Ước lượng lại khảo sát vào survey_estimate và survey_factor_quality, trả về số con số. Lỗi: 42501 nếu không phải publisher, P0002 nếu không có khảo sát, 55000 nếu kỳ đã công bố, 22023 và 22004 nếu câu trả lời không khớp thang hoặc thiết kế mẫu.';
