-- Results as SDMX observations: the index (indicator _T) and every criterion by
-- its stable key, as a score, and leaves also as what was measured. A value that
-- may not be published is left out. Grain: round x agency x indicator x measure.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.observation WITH (security_invoker) AS
SELECT
	c.round_id,
	c.year,
	c.year_label,
	c.track_id,
	c.group_id,
	c.group_name_vi,
	c.group_name_en,
	c.agency_id,
	c.agency_code,
	c.agency_name_vi,
	c.agency_name_en,
	c.agency_sort_order,
	c.criterion_id,
	'A'::varchar(1) AS freq,
	c.agency_code AS ref_area,
	c.stable_key AS indicator,
	m.measure::varchar(20) AS measure,
	c.year::varchar(10) AS time_period,
	CASE WHEN c.conf_status = 'F' THEN o.obs_value END::numeric(24,8) AS obs_value,
	(CASE m.measure WHEN 'score' THEN 'PT' ELSE c.unit_measure END)::varchar(100) AS unit_measure,
	0 AS unit_mult,
	(CASE m.measure WHEN 'score' THEN c.digits ELSE c.decimals END)::int AS decimals,
	CASE
		WHEN o.obs_value IS NULL AND c.obs_status NOT IN ('L', 'M') THEN 'O'
		WHEN c.is_provisional AND c.obs_status = 'A' THEN 'P'
		ELSE c.obs_status
	END::varchar(1) AS obs_status,
	c.conf_status
FROM @schema@.current_criterion AS c
JOIN (VALUES ('score'), ('measured')) AS m (measure)
	ON m.measure = 'score'
	OR c.is_leaf
CROSS JOIN LATERAL (
	SELECT CASE m.measure
		WHEN 'score' THEN c.percent
		ELSE coalesce(c.measured, c.numerator / nullif(c.denominator, 0))
	END AS obs_value
) AS o
UNION ALL
SELECT
	s.round_id,
	s.year,
	s.year_label,
	s.track_id,
	s.group_id,
	s.group_name_vi,
	s.group_name_en,
	s.agency_id,
	s.agency_code,
	s.agency_name_vi,
	s.agency_name_en,
	s.agency_sort_order,
	NULL,
	'A'::varchar(1),
	s.agency_code,
	'_T'::varchar(80),
	'score'::varchar(20),
	s.year::varchar(10),
	s.index_published::numeric(24,8),
	'PT'::varchar(100),
	0,
	s.digits::int,
	(CASE
		WHEN s.index_published IS NULL THEN 'O'
		WHEN s.is_provisional THEN 'P'
		WHEN s.outcome = 'forced_score' THEN 'I'
		ELSE 'A'
	END)::varchar(1),
	'F'::varchar(1)
FROM @schema@.current_score AS s;

COMMENT ON VIEW @schema@.observation IS
	'Results as SDMX observations: one row a round, agency, indicator and measure. / Kết quả theo chuẩn SDMX: mỗi dòng là một kỳ đánh giá, một cơ quan, một chỉ tiêu và một thước đo.';
COMMENT ON COLUMN @schema@.observation.criterion_id IS
	'Criterion; NULL for the index. / Tiêu chí; NULL đối với chỉ số.';
COMMENT ON COLUMN @schema@.observation.freq IS
	'SDMX frequency: A, annual. / Tần suất SDMX: A, hằng năm.';
COMMENT ON COLUMN @schema@.observation.ref_area IS
	'SDMX reference area: code of the agency. / Khu vực tham chiếu SDMX: mã cơ quan.';
COMMENT ON COLUMN @schema@.observation.indicator IS
	'SDMX indicator: stable key of the criterion, _T for the index. / Chỉ tiêu SDMX: khóa ổn định của tiêu chí, _T là chỉ số tổng.';
COMMENT ON COLUMN @schema@.observation.measure IS
	'score, in per cent of the maximum, or measured, in the unit of the criterion. / Điểm theo phần trăm điểm tối đa (score) hoặc kết quả đo lường theo đơn vị của tiêu chí (measured).';
COMMENT ON COLUMN @schema@.observation.time_period IS
	'SDMX time period: the year. / Thời kỳ SDMX: năm.';
COMMENT ON COLUMN @schema@.observation.obs_value IS
	'SDMX observation value; NULL where it may not be published. / Giá trị quan sát SDMX; NULL nếu không được phổ biến.';
COMMENT ON COLUMN @schema@.observation.unit_mult IS
	'SDMX unit multiplier: power of ten. / Hệ số nhân SDMX: lũy thừa của 10.';
