-- A call of each aggregate and window function, by signature, with its value by
-- hand: what is overloaded is tested for each type of its arguments. Functions of
-- other kinds are counted by the server, see uninstall.
CREATE SCHEMA test_signatures;
SET search_path = test_signatures, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

CREATE TABLE row (i int, x float8, w float8, s bigint, p bigint, u bigint);
INSERT INTO row VALUES (1, 1, 1, 1, 11, 111), (2, 2, 1, 1, 12, 121), (3, 4, 2, 2, 21, 211);

CREATE TABLE call (signature text, value text, query text);
INSERT INTO call VALUES
-- 1 and 2 of weight 1, 4 of weight 2: 11 / 4; (37 - 121 / 4) / 4 * 16 / (16 - 6)
('weighted_sum(float8, float8)', '11', 'SELECT weighted_sum(x, w) FROM row'),
('weighted_sum(numeric, numeric)', '11.00', 'SELECT weighted_sum(x::numeric(3, 1), w::numeric(3, 1)) FROM row'),
('weighted_mean(float8, float8)', '2.75', 'SELECT weighted_mean(x, w) FROM row'),
('weighted_mean(numeric, numeric)', '2.7500000000000000', 'SELECT weighted_mean(x::numeric, w::numeric) FROM row'),
('weighted_variance(float8, float8)', '2.7', 'SELECT weighted_variance(x, w) FROM row'),
('weighted_stddev(float8, float8)', '4', 'SELECT weighted_stddev(x, 1) FROM (VALUES (1::float8), (5), (9)) AS v (x)'),
('weighted_geometric_mean(float8, float8)', '8', 'SELECT weighted_geometric_mean(x * x * x, w) FROM (VALUES (1::float8, 1::float8), (2, 1), (4, 1)) AS v (x, w)'),
('weighted_harmonic_mean(float8, float8)', '2', 'SELECT weighted_harmonic_mean(x, w) FROM row'),
('weighted_power_mean(float8, float8, float8)', '2.5', 'SELECT weighted_power_mean(x, 1, 2) FROM (VALUES (0.5::float8), (3.5)) AS v (x)'),
('score_stats(float8)', '7 3', 'SELECT concat_ws('' '', sum_of(s), count_of(s)) FROM (SELECT score_stats(x) AS s FROM row) AS t'),
('score_stats(float8, float8)', '11 4', 'SELECT concat_ws('' '', sum_of(s), weight_of(s)) FROM (SELECT score_stats(x, w) AS s FROM row) AS t'),
('rollup(score_stats)', '22 8', 'SELECT concat_ws('' '', sum_of(s), weight_of(s)) FROM (SELECT rollup(s) AS s FROM (SELECT score_stats(x, w) AS s FROM row, generate_series(1, 2) AS copy GROUP BY copy) AS part) AS t'),
('decimal_stats(numeric)', '7 3', 'SELECT concat_ws('' '', sum_of(s), count_of(s)) FROM (SELECT decimal_stats(x::numeric) AS s FROM row) AS t'),
('decimal_stats(numeric, numeric)', '11 4', 'SELECT concat_ws('' '', sum_of(s), weight_of(s)) FROM (SELECT decimal_stats(x::numeric, w::numeric) AS s FROM row) AS t'),
('rollup(decimal_stats)', '22 8', 'SELECT concat_ws('' '', sum_of(s), weight_of(s)) FROM (SELECT rollup(s) AS s FROM (SELECT decimal_stats(x::numeric, w::numeric) AS s FROM row, generate_series(1, 2) AS copy GROUP BY copy) AS part) AS t'),

-- the best two of three, and all
('top_scores(int, text, float8)', 'v1 top 2 text float8 {"c": 4, "b": 2}', 'SELECT top_scores(2, chr(96 + i), x) FROM row'),
('top_scores(int, bigint, float8)', 'v1 top 2 bigint float8 {3: 4, 2: 2}', 'SELECT top_scores(2, i::bigint, x) FROM row'),
('top_scores(int, text, numeric)', 'v1 top 2 text numeric {"c": 4, "b": 2}', 'SELECT top_scores(2, chr(96 + i), x::numeric) FROM row'),
('top_scores(int, bigint, numeric)', 'v1 top 2 bigint numeric {3: 4, 2: 2}', 'SELECT top_scores(2, i::bigint, x::numeric) FROM row'),
('league_table(text, float8)', 'v1 all text float8 {"c": 4, "b": 2, "a": 1}', 'SELECT league_table(chr(96 + i), x) FROM row'),
('league_table(bigint, float8)', 'v1 all bigint float8 {3: 4, 2: 2, 1: 1}', 'SELECT league_table(i::bigint, x) FROM row'),
('league_table(text, numeric)', 'v1 all text numeric {"c": 4, "b": 2, "a": 1}', 'SELECT league_table(chr(96 + i), x::numeric) FROM row'),
('league_table(bigint, numeric)', 'v1 all bigint numeric {3: 4, 2: 2, 1: 1}', 'SELECT league_table(i::bigint, x::numeric) FROM row'),
('rollup(score_list)', 'v1 all text float8 {"c": 4, "b": 2, "a": 1}', 'SELECT rollup(list) FROM (SELECT league_table(chr(96 + i), x) AS list FROM row GROUP BY i) AS part'),

-- 4 first, 1 last; none of the two others lies below 1
('score_rank(float8, text, int, boolean)', '3 2 1', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_rank(x) OVER () AS r FROM row) AS t'),
('score_rank(numeric, text, int, boolean)', '3 2 1', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_rank(x::numeric) OVER () AS r FROM row) AS t'),
('score_rank(numeric[], text, boolean)', '2 1 3', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_rank(ARRAY[w::numeric % 2, x::numeric]) OVER () AS r FROM row) AS t'),
('score_percentile(float8, text)', '0 50 100', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_percentile(x) OVER () AS r FROM row) AS t'),
('score_percentile(numeric, text)', '0 50 100', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_percentile(x::numeric) OVER () AS r FROM row) AS t'),
('score_percentile(float8, int)', '0 50 100', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_percentile(x, 0) OVER () AS r FROM row) AS t'),
('score_percentile(float8, text, int)', '0 50 100', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_percentile(x, ''min'', 0) OVER () AS r FROM row) AS t'),
('average_rank(float8, int, boolean)', '3 2 1', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, average_rank(x) OVER () AS r FROM row) AS t'),
('rank_group(float8, int, text, int, boolean)', '1 2 3', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, rank_group(x, 3) OVER () AS r FROM row) AS t'),
('score_counts(float8, int)', 'v1 digits 0 {1: 1, 2: 1, 4: 1}', 'SELECT score_counts(x, 0) FROM row'),
('average_rank(numeric, int, boolean)', '3 2 1', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, average_rank(x::numeric) OVER () AS r FROM row) AS t'),
('rank_group(numeric, int, text, int, boolean)', '1 2 3', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, rank_group(x::numeric, 3) OVER () AS r FROM row) AS t'),
('score_counts(numeric, int)', 'v1 digits 0 {1: 1, 2: 1, 4: 1}', 'SELECT score_counts(x::numeric, 0) FROM row'),
('average_rank(numeric[], boolean)', '3 2 1', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, average_rank(ARRAY[x::numeric]) OVER () AS r FROM row) AS t'),
('rollup(score_counts)', 'v1 digits 0 {1: 1, 2: 1, 4: 1}', 'SELECT rollup(c) FROM (SELECT score_counts(x, 0) AS c FROM row GROUP BY i) AS part'),
('score_class(float8, int, int)', '1 1 2', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_class(x, 2) OVER () AS r FROM row) AS t'),
('score_class(numeric, int, int)', '1 1 2', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_class(x::numeric, 2, 0) OVER () AS r FROM row) AS t'),
('score_group(float8, int, int)', '1 2 3', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_group(x, 3, 0) OVER () AS r FROM row) AS t'),
('score_percentile(numeric, int)', '0 50 100', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_percentile(x::numeric, 0) OVER () AS r FROM row) AS t'),
('score_percentile(numeric, text, int)', '0 50 100', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_percentile(x::numeric, ''min'', 0) OVER () AS r FROM row) AS t'),
('score_group(numeric, int, int)', '1 2 3', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_group(x::numeric, 3, 0) OVER () AS r FROM row) AS t'),
('score_group(float8, int)', '1 2 3', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_group(x, 3) OVER () AS r FROM row) AS t'),
('score_group(numeric, int)', '1 2 3', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, score_group(x::numeric, 3) OVER () AS r FROM row) AS t'),
('grade_with_quota(float8, jsonb, jsonb, int)', 'C B A', 'SELECT string_agg(r, '' '' ORDER BY i) FROM (SELECT i, grade_with_quota(x, ''{"A": 2, "B": 1.5, "C": 0}'', ''{"A": 0.34}'') OVER () AS r FROM row) AS t'),
('grade_with_quota(numeric, jsonb, jsonb, int)', 'C B A', 'SELECT string_agg(r, '' '' ORDER BY i) FROM (SELECT i, grade_with_quota(x::numeric, ''{"A": 2, "B": 1.5, "C": 0}'', ''{"A": 0.34}'') OVER () AS r FROM row) AS t'),

('rank_confidence_agg(text, float8, float8)', 'a 3 3, b 2 2, c 1 1',
	'SELECT string_agg(concat_ws('' '', r.unit, r.rank_low, r.rank_high), '', '') FROM (SELECT rank_confidence_agg(chr(96 + i), 10 * x, w) AS sets FROM row) AS s, unnest(sets) AS r'),
('rank_confidence_agg(text, float8, float8, float8, text, text, bool, int, bigint)', 'a 3 3, b 2 3, c 1 3',
	'SELECT string_agg(concat_ws('' '', r.unit, r.rank_low, r.rank_high), '', '') FROM (SELECT rank_confidence_agg(chr(96 + i), 10 * x, w, 0.9, ''simultaneous'', ''lower'', true, 1000, 1) AS sets FROM row) AS s, unnest(sets) AS r'),
('framework_agg(text, text, float8, int)', E'I {\n  a: 60,\n  b: 40\n}', 'SELECT framework_agg(c, p, w, 1) FROM (VALUES (''I'', NULL, 1::float8), (''a'', ''I'', 60), (''b'', ''I'', 40)) AS v (c, p, w)'),
('framework_agg(text, text, float8, int, text)', E'I {\n  a: 60 [max 5],\n  b: 40\n}', 'SELECT framework_agg(c, p, w, 1, s) FROM (VALUES (''I'', NULL, 1::float8, NULL), (''a'', ''I'', 60, ''max 5''), (''b'', ''I'', 40, NULL)) AS v (c, p, w, s)'),
('framework_agg(text, text, float8, int, numeric, text, text, int, float8, int, text, float8, float8, text)', E'I {\n  a: 60 [max 5],\n  b: 40\n}',
	'SELECT framework_agg(c, p, w, 1, m, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM (VALUES (''I'', NULL, 1::float8, NULL::numeric), (''a'', ''I'', 60, 5), (''b'', ''I'', 40, NULL)) AS v (c, p, w, m)'),
('index_scores_agg(framework, text, float8)', '2.5', 'SELECT index_score(index_scores_agg(''I {a, b: 3}'', c, x), ''I {a, b: 3}'') FROM (VALUES (''a'', 1::float8), (''b'', 3)) AS v (c, x)'),
('index_scores_agg(framework, text, float8, text)', '3', 'SELECT index_score(index_scores_agg(''I {a, b: 3}'', c, x, s), ''I {a, b: 3}'') FROM (VALUES (''a'', NULL::float8, ''not_applicable''), (''b'', 3, NULL)) AS v (c, x, s)'),
('rollup(index_scores)', '2.5', 'SELECT index_score(rollup(s), ''I {a, b: 3}'') FROM (SELECT index_scores_agg(''I {a, b: 3}'', c, x) AS s FROM (VALUES (''a'', 1::float8), (''b'', 3)) AS v (c, x) GROUP BY c) AS part'),
('index_points_agg(framework, text, numeric)', '75.00', 'SELECT index_percent(index_points_agg(''I {a: 1, b: 3}'', c, x), ''I {a: 1, b: 3}'') FROM (VALUES (''a'', 0.0), (''b'', 3)) AS v (c, x)'),
('index_points_agg(framework, text, numeric, text)', '50.00', 'SELECT index_percent(index_points_agg(''I {a: 1, b: 3}'', c, x, s), ''I {a: 1, b: 3}'') FROM (VALUES (''a'', NULL, ''not_applicable''), (''b'', 1.5, NULL)) AS v (c, x, s)'),
('rollup(index_points)', '75.00', 'SELECT index_percent(rollup(s), ''I {a: 1, b: 3}'') FROM (SELECT index_points_agg(''I {a: 1, b: 3}'', c, x) AS s FROM (VALUES (''a'', 0.0), (''b'', 3)) AS v (c, x) GROUP BY c) AS part'),

-- of 1 to 4, 2.5 is half
('fit_agg(pipeline, framework, text, float8)', '50', 'SELECT fitted_score(fit_agg(''normalise minmax''::pipeline, ''i {a}''::framework, ''a'', x), ''a'', 2.5) FROM row AS t'),
('fit_agg(pipeline, framework, text[], float8[])', '50', 'SELECT fitted_score(fit_agg(''normalise minmax''::pipeline, ''i {a}''::framework, ARRAY[''a''], ARRAY[x]), ''a'', 2.5) FROM row AS t'),
('fit_agg(pipeline, framework, record)', '50', 'SELECT fitted_score(fit_agg(''normalise minmax''::pipeline, ''i {a}''::framework, t), ''a'', 2.5) FROM (SELECT x AS a FROM row) AS t'),
('fit_agg(pipeline, framework, text, float8, text)', '50', 'SELECT fitted_score(fit_agg(''normalise minmax''::pipeline, ''i {a}''::framework, ''a'', x, ''g''), ''a'', 2.5) FROM row AS t'),
('fit_agg(pipeline, framework, text[], float8[], text)', '50', 'SELECT fitted_score(fit_agg(''normalise minmax''::pipeline, ''i {a}''::framework, ARRAY[''a''], ARRAY[x], ''g''), ''a'', 2.5) FROM row AS t'),
('fit_agg(pipeline, framework, record, text)', '50', 'SELECT fitted_score(fit_agg(''normalise minmax''::pipeline, ''i {a}''::framework, t, ''g''), ''a'', 2.5) FROM (SELECT x AS a FROM row) AS t'),
('fit_agg(pipeline, framework, text, float8, text, int)', '50', 'SELECT fitted_score(fit_agg(''normalise minmax''::pipeline, ''i {a}''::framework, ''a'', x, ''g'', 1), ''a'', 2.5) FROM row AS t'),
('fit_agg(pipeline, framework, text[], float8[], text, int)', '50', 'SELECT fitted_score(fit_agg(''normalise minmax''::pipeline, ''i {a}''::framework, ARRAY[''a''], ARRAY[x], ''g'', 1), ''a'', 2.5) FROM row AS t'),
('fit_agg(pipeline, framework, record, text, int)', '50', 'SELECT fitted_score(fit_agg(''normalise minmax''::pipeline, ''i {a}''::framework, t, ''g'', 1), ''a'', 2.5) FROM (SELECT x AS a FROM row) AS t'),

('score_matrix_agg(text, text, float8)', E'v1 rows=1 columns=2\nunit,a,b\nu,1,2', 'SELECT score_matrix_agg(''u'', chr(96 + i), x) FROM row WHERE i < 3'),
('score_matrix_agg(bigint, text, float8)', E'v1 rows=1 columns=2\nunit,a,b\n7,1,2', 'SELECT score_matrix_agg(7, chr(96 + i), x) FROM row WHERE i < 3'),
('score_matrix_agg(text, text, float8, text)', E'v1 rows=1 columns=1 groups\nunit,group,a\nu,g,1', 'SELECT score_matrix_agg(''u'', ''a'', x, ''g'') FROM row WHERE i = 1'),
('score_matrix_agg(bigint, text, float8, text)', E'v1 rows=1 columns=1 groups\nunit,group,a\n7,g,1', 'SELECT score_matrix_agg(7, ''a'', x, ''g'') FROM row WHERE i = 1'),
('score_matrix_agg(text, text, float8, text, int)', E'v1 rows=1 columns=1 groups periods\nunit,group,period,a\nu,g,7,1', 'SELECT score_matrix_agg(''u'', ''a'', x, ''g'', 7) FROM row WHERE i = 1'),
('score_matrix_agg(bigint, text, float8, text, int)', E'v1 rows=1 columns=1 groups periods\nunit,group,period,a\n7,g,7,1', 'SELECT score_matrix_agg(7, ''a'', x, ''g'', 7) FROM row WHERE i = 1'),
('score_matrix_agg(text, text, float8, text, int, text)', E'v1 rows=1 columns=1 groups periods\nunit,group,period,a\nu,g,7,n/a', 'SELECT score_matrix_agg(''u'', ''a'', NULL, ''g'', 7, ''not_applicable'') FROM row WHERE i = 1'),
('score_matrix_agg(bigint, text, float8, text, int, text)', E'v1 rows=1 columns=1 groups periods\nunit,group,period,a\n7,g,7,n/a', 'SELECT score_matrix_agg(7, ''a'', NULL, ''g'', 7, ''not_applicable'') FROM row WHERE i = 1'),
('score_matrix_agg(text, jsonb)', E'v1 rows=1 columns=2\nunit,a,b\nu,1,2', 'SELECT score_matrix_agg(''u'', ''{"a": 1, "b": 2}''::jsonb) FROM row WHERE i = 1'),
('score_matrix_agg(bigint, jsonb)', E'v1 rows=1 columns=2\nunit,a,b\n7,1,2', 'SELECT score_matrix_agg(7, ''{"a": 1, "b": 2}''::jsonb) FROM row WHERE i = 1'),
('score_matrix_agg(text, jsonb, text)', E'v1 rows=1 columns=1 groups\nunit,group,a\nu,g,1', 'SELECT score_matrix_agg(''u'', ''{"a": 1}''::jsonb, ''g'') FROM row WHERE i = 1'),
('score_matrix_agg(bigint, jsonb, text)', E'v1 rows=1 columns=1 groups\nunit,group,a\n7,g,1', 'SELECT score_matrix_agg(7, ''{"a": 1}''::jsonb, ''g'') FROM row WHERE i = 1'),
('score_matrix_agg(text, jsonb, text, int)', E'v1 rows=1 columns=1 groups periods\nunit,group,period,a\nu,g,7,1', 'SELECT score_matrix_agg(''u'', ''{"a": 1}''::jsonb, ''g'', 7) FROM row WHERE i = 1'),
('score_matrix_agg(bigint, jsonb, text, int)', E'v1 rows=1 columns=1 groups periods\nunit,group,period,a\n7,g,7,1', 'SELECT score_matrix_agg(7, ''{"a": 1}''::jsonb, ''g'', 7) FROM row WHERE i = 1'),

-- total and number of answers; above 1.5 lie 2 and 4
('survey_stats(float8, float8, bigint, bigint)', '11 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_stats(x, w, s, p) AS d FROM row) AS t'),
('survey_stats(float8, float8, bigint, bigint, bigint)', '11 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_stats(x, w, s, p, u) AS d FROM row) AS t'),
('survey_stats(float8, float8, text, text)', '11 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_stats(x, w, s::text, p::text) AS d FROM row) AS t'),
('survey_stats(float8, float8, text, text, text)', '11 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_stats(x, w, s::text, p::text, u::text) AS d FROM row) AS t'),
('survey_stats(boolean, float8, bigint, bigint)', '3 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_stats(x > 1.5, w, s, p) AS d FROM row) AS t'),
('survey_stats(boolean, float8, bigint, bigint, bigint)', '3 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_stats(x > 1.5, w, s, p, u) AS d FROM row) AS t'),
('survey_stats(boolean, float8, text, text)', '3 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_stats(x > 1.5, w, s::text, p::text) AS d FROM row) AS t'),
('survey_stats(boolean, float8, text, text, text)', '3 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_stats(x > 1.5, w, s::text, p::text, u::text) AS d FROM row) AS t'),
('rollup(survey_stats)', '11 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT rollup(d) AS d FROM (SELECT survey_stats(x, w, s, p) AS d FROM row GROUP BY i) AS part) AS t'),
('survey_cov_stats(float8[], float8, bigint, bigint)', '{11,4} 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_cov_stats(ARRAY[x, 1], w, s, p) AS d FROM row) AS t'),
('survey_cov_stats(float8[], float8, bigint, bigint, bigint)', '{11,4} 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_cov_stats(ARRAY[x, 1], w, s, p, u) AS d FROM row) AS t'),
('survey_cov_stats(float8[], float8, text, text)', '{11,4} 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_cov_stats(ARRAY[x, 1], w, s::text, p::text) AS d FROM row) AS t'),
('survey_cov_stats(float8[], float8, text, text, text)', '{11,4} 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT survey_cov_stats(ARRAY[x, 1], w, s::text, p::text, u::text) AS d FROM row) AS t'),
('rollup(survey_cov_stats)', '{11,4} 3', 'SELECT concat_ws('' '', svy_total(d), svy_n(d)) FROM (SELECT rollup(d) AS d FROM (SELECT survey_cov_stats(ARRAY[x, 1], w, s, p) AS d FROM row GROUP BY i) AS part) AS t'),
('survey_quantile_stats(float8, float8, bigint, bigint)', '2', 'SELECT (svy_quantile(survey_quantile_stats(x, w, 1::bigint, p), ''v1 {1: 3}'')).estimate FROM row'),
('survey_quantile_stats(float8, float8, text, text)', '2', 'SELECT (svy_quantile(survey_quantile_stats(x, w, ''s'', p::text), ''v1 {"s": 3}'')).estimate FROM row'),
('rollup(survey_quantile_stats)', '2', 'SELECT (svy_quantile(rollup(d), ''v1 {1: 3}'')).estimate FROM (SELECT survey_quantile_stats(x, w, 1::bigint, p) AS d FROM row GROUP BY i) AS part'),
('survey_design_agg(bigint, bigint, bigint)', 'v1 {1: 2 of 10; 2: 3 of 10}', 'SELECT survey_design_agg(s, s + 1, 10) FROM row'),
('survey_design_agg(text, bigint, bigint)', 'v1 {"1": 2 of 10; "2": 3 of 10}', 'SELECT survey_design_agg(s::text, s + 1, 10) FROM row'),
('survey_design_agg(bigint, bigint, bigint, bigint, bigint, bigint)', 'v1 {1/11: 2 of 10, 3 of 30; 1/12: 2 of 10, 3 of 30}', 'SELECT survey_design_agg(s, 2, 10, p, 3, 30) FROM row WHERE s = 1'),
('survey_design_agg(text, bigint, bigint, text, bigint, bigint)', 'v1 {"1"/"11": 2 of 10, 3 of 30; "1"/"12": 2 of 10, 3 of 30}', 'SELECT survey_design_agg(s::text, 2, 10, p::text, 3, 30) FROM row WHERE s = 1'),
-- two equal items: 2 * (1 - 2 v / 4 v)
('svy_cronbach_alpha(float8[], float8)', '1', 'SELECT svy_cronbach_alpha(ARRAY[x, x], w) FROM row'),
-- replicates of once and twice the weights
('svy_replicate_stats(float8, float8, float8[])', '{11,22}', 'SELECT svy_replicate_estimates(svy_replicate_stats(x, w, ARRAY[w, 2 * w]), ''total'') FROM row'),
('rollup(weighted_sums[])', '{11,22}', 'SELECT svy_replicate_estimates(rollup(d), ''total'') FROM (SELECT svy_replicate_stats(x, w, ARRAY[w, 2 * w]) AS d FROM row GROUP BY i) AS part'),

-- two clusters of a stratum: each is left out once, and the other counts twice
('svy_replicate_weights(float8, bigint, bigint, text, int, bigint, float8)', '{0,2} {2,0}', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, svy_replicate_weights(w, s, p, ''JKn'') OVER () AS r FROM row WHERE s = 1) AS t'),
('svy_replicate_weights(float8, text, text, text, int, bigint, float8)', '{0,2} {2,0}', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, svy_replicate_weights(w, s::text, p::text, ''JKn'') OVER () AS r FROM row WHERE s = 1) AS t'),
-- weights 1, 1 and 2 to a total of 8; to 6 for stratum 1 and 5 for stratum 2
('calibrate(float8, float8[], float8[], text, float8, float8, float8, int)', '2 2 4', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, calibrate(w, ARRAY[1], ''{8}'') OVER () AS r FROM row) AS t'),
('post_stratify(float8, text, jsonb)', '3 3 5', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, post_stratify(w, s::text, ''{"1": 6, "2": 5}'') OVER () AS r FROM row) AS t'),
('rake(float8, text[], jsonb, float8, int)', '3 3 5', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, rake(w, ARRAY[s::text], ''[{"1": 6, "2": 5}]'') OVER () AS r FROM row) AS t'),
('rake_iterations(float8, text[], jsonb, float8, int)', '1 1 1', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, rake_iterations(w, ARRAY[s::text], ''[{"1": 6, "2": 5}]'') OVER () AS r FROM row) AS t'),
-- for a mean, over the weight of 4: less the mean of a category, and of all
('rake_residual(float8, float8, float8, text[], text)', '-0.125 0.125 0', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, rake_residual(x, w, w, ARRAY[s::text]) OVER () AS r FROM row) AS t'),
('calibrate_residual(float8, float8, float8, float8[], text)', '-0.4375 -0.1875 0.3125', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, calibrate_residual(x, w, w, ARRAY[1]) OVER () AS r FROM row) AS t'),
-- what is cut from one is shared by the others
('trim_weights(float8, float8, float8, boolean)', '1.25 1.25 1.5', 'SELECT string_agg(r::text, '' '' ORDER BY i) FROM (SELECT i, trim_weights(w, upper => 1.5) OVER () AS r FROM row) AS t');

-- A query calls the signature if a view made of it depends on that.
CREATE FUNCTION calls(query text, signature regprocedure) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	result boolean;
BEGIN
	EXECUTE 'CREATE TEMP VIEW probe AS ' || query;
	SELECT EXISTS (
		SELECT FROM pg_depend
		WHERE refclassid = 'pg_proc'::regclass AND refobjid = signature
			AND classid = 'pg_rewrite'::regclass
			AND objid = (SELECT oid FROM pg_rewrite WHERE ev_class = 'pg_temp.probe'::regclass))
	INTO result;
	DROP VIEW pg_temp.probe;
	RETURN result;
END $$;

SELECT p.oid::regprocedure AS never_called
FROM pg_depend AS d
JOIN pg_proc AS p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
WHERE d.refclassid = 'pg_extension'::regclass
	AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'parindex')
	AND p.prokind IN ('a', 'w')
	AND p.oid NOT IN (SELECT signature::regprocedure FROM call)
ORDER BY p.oid::regprocedure::text COLLATE "C";
SELECT signature, value, outcome(query), calls(query, signature::regprocedure)
FROM call
WHERE value IS DISTINCT FROM outcome(query) OR NOT calls(query, signature::regprocedure)
ORDER BY signature COLLATE "C";
