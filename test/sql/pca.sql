-- pca(): against R, against what principal components are, and the same bits
-- whatever the order of units.
CREATE SCHEMA test_pca;
SET search_path = test_pca, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP TABLE example AS
SELECT
	(SELECT score_matrix_agg(unit, code, value) FROM composite_cell) AS raw,
	(SELECT score_matrix_agg(key, field, value::float8) FROM composite_answer WHERE file = 'impute_group_mean') AS imputed;

-- R 4.2.2, of d, the columns of impute_group_mean.csv:
-- p <- prcomp(d, scale. = TRUE), p$sdev^2 and p$rotation[, 1:2], signs turned.
CREATE TEMP TABLE r_answer (place serial, code text, eigenvalue float8, first float8, second float8);
INSERT INTO r_answer (code, eigenvalue, first, second) VALUES
	('D1_1', 8.42541109397672, 0.164074173451509, -0.142063075382377),
	('D1_2', 1.54864840165843, 0.211648386266045, -0.117192698020618),
	('D1_3', 1.40728770327136, -0.15940850970911, -0.120177447118177),
	('D1_4', 1.3724865800197, 0.239187147878694, 0.0103704826608366),
	('D1_5', 1.14780607301788, 0.191163374350223, -0.224973547153503),
	('D2_1', 1.0884232612806, 0.211754281507441, 0.138943077650774),
	('D2_2', 1.01542684697842, 0.230268883848515, -0.0882768422344549),
	('D2_3', 0.918284907065224, 0.181983469130761, 0.158786611240942),
	('D2_4', 0.889923730675312, -0.169867265316761, 0.206420382285772),
	('D3_1', 0.731006800578361, 0.214075861866673, 0.0944200176162728),
	('D3_2', 0.672526952415318, 0.197172856165374, -0.308205758144084),
	('D3_3', 0.662829628272313, 0.225361496445249, 0.0396369607418017),
	('D3_4', 0.609511126643444, 0.250805154644482, 0.0375178709917732),
	('D4_1', 0.60177023882124, -0.224582815162573, -0.197765873492711),
	('D4_2', 0.522249609080756, 0.190523152347169, 0.0861180559502056),
	('D4_3', 0.446756617954756, 0.193339963620096, 0.304636141185083),
	('D5_1', 0.35229350753941, 0.235128982031641, -0.0561453343254001),
	('D5_2', 0.332700849753024, -0.206580295286839, -0.0142282576857196),
	('D5_3', 0.322560053731015, 0.212569701496147, -0.274649680568491),
	('D5_4', 0.287992937559223, 0.239065045390152, -0.299159853091287),
	('D6_1', 0.204805983743327, 0.0974743565191039, 0.552605942430262),
	('D6_2', 0.183935513376773, 0.188799047530858, 0.0932409178333785),
	('D6_3', 0.140648589548821, -0.224343962490705, 0.0469959569830456),
	('D6_4', 0.114712993038573, 0.176051277509263, 0.274271908052418);
SELECT count(*), bool_and(n = 60) AS of_60,
	max(abs(ours.eigenvalue - variance.eigenvalue)) < 1e-12 AS eigenvalues,
	max(abs(ours.coefficient - CASE component WHEN 1 THEN answer.first ELSE answer.second END))
		FILTER (WHERE component <= 2) < 1e-11 AS coefficients,
	max(abs(ours.share - variance.eigenvalue / 24)) < 1e-13 AS shares
FROM example, pca(imputed) AS ours
JOIN r_answer AS answer USING (code)
JOIN r_answer AS variance ON variance.place = ours.component;

-- p <- prcomp(d[, 1:5]), of covariances.
SELECT component, max(abs(eigenvalue / (ARRAY[37896.7457173715, 2763.78521252182, 340.588682893944, 163.261264611543, 2.60075218326064])[component] - 1)) < 1e-12 AS eigenvalue,
	max(abs(coefficient - CASE code WHEN 'D1_1' THEN 0.0713354950118252 WHEN 'D1_2' THEN 0.00298506975050195
		WHEN 'D1_3' THEN -0.0303647353829846 WHEN 'D1_4' THEN 0.996403445652588 ELSE 0.034066007203261 END))
		FILTER (WHERE component = 1) < 1e-12 AS coefficients
FROM example, LATERAL (
	SELECT score_matrix_agg(unit, code, value) AS domain FROM matrix_cells(imputed) WHERE code LIKE 'D1%'
) AS part, pca(domain, 'covariance')
GROUP BY component ORDER BY component;

-- A published example: the Technology Achievement Index of 23 countries, of which
-- the OECD and JRC Handbook on Constructing Composite Indicators (2008) gives, in
-- Table 16, the per cent of variance; telephones and electricity are logarithms,
-- printed with three digits, so that a last digit may differ by one.
SELECT component, round(100 * share::numeric, 1) AS per_cent, published
FROM pca(E'v1 rows=23 columns=8
unit,patents,royalties,internet,exports,telephones,electricity,schooling,university
Finland,187,125.6,200.2,50.7,3.08,4.15,10,27.4
United States,289,130,179.1,66.2,3,4.07,12,13.9
Sweden,271,156.6,125.8,59.7,3.1,4.14,11.4,15.3
Japan,994,64.6,49,80.8,3,3.86,9.5,10
Korea,779,9.8,4.8,66.7,2.97,3.65,10.8,23.2
Netherlands,189,151.2,136,50.9,3.02,3.77,9.4,9.5
United Kingdom,82,134,57.4,61.9,3.02,3.73,9.4,14.9
Canada,31,38.6,108,48.7,2.94,4.18,11.6,14.2
Australia,75,18.2,125.9,16.2,2.94,3.94,10.9,25.3
Singapore,8,25.5,72.3,74.9,2.95,3.83,7.1,24.2
Germany,235,36.8,41.2,64.2,2.94,3.75,10.2,14.4
Norway,103,20.2,193.6,19,3.12,4.39,11.9,11.2
Ireland,106,110.3,48.6,53.6,2.97,3.68,9.4,12.3
Belgium,72,73.9,58.9,47.6,2.91,3.86,9.3,13.6
New Zealand,103,13,146.7,15.4,2.86,3.91,11.7,13.1
Austria,165,14.8,84.2,50.3,2.99,3.79,8.4,13.6
France,205,33.6,36.4,58.9,2.97,3.8,7.9,12.6
Israel,74,43.6,43.2,45,2.96,3.74,9.6,11
Spain,42,8.6,21,53.4,2.86,3.62,7.3,15.6
Italy,13,9.8,30.4,51,3,3.65,7.2,13
Czech Republic,28,4.2,25,51.7,2.75,3.68,9.5,8.2
Hungary,26,6.2,21.6,63.5,2.73,3.46,9.1,7.7
Slovenia,105,4,20.3,49.5,2.84,3.71,7.1,10.6')
JOIN unnest(ARRAY[41.9, 21.8, 12.3, 11.1, 6.0, 3.7, 2.2, 0.9]) WITH ORDINALITY AS handbook(published, component) USING (component)
WHERE code = 'patents'
ORDER BY component;

-- Units that lack a value are left out: 26 of 60 have all, and as many again
-- by hand. p <- prcomp(na.omit(raw), scale. = TRUE) for three of the variances.
SELECT component, n, abs(eigenvalue - CASE component WHEN 1 THEN 9.84217963629543 WHEN 2 THEN 1.85754984672976 ELSE 0.000357952955883709 END) < 1e-12 AS eigenvalue
FROM example, pca(raw) WHERE code = 'D1_1' AND component IN (1, 2, 24);
SELECT bool_and(whole = part) AS same, count(*) FROM example, LATERAL (
	SELECT score_matrix_agg(unit, code, value) AS complete FROM composite_cell
	WHERE unit NOT IN (SELECT unit FROM composite_cell WHERE value IS NULL)
) AS complete, LATERAL (SELECT row_number() OVER () AS i, whole FROM pca(raw) AS whole) AS a
JOIN LATERAL (SELECT row_number() OVER () AS i, part FROM pca(complete) AS part) AS b USING (i);

-- What they are: loadings of which the products sum to the correlations (core's
-- corr() and covar_samp()), coefficients of length 1 and at right angles,
-- variances that sum to that of all criteria, in descending order.
CREATE TEMP TABLE found AS
SELECT method, ours.* FROM example, unnest(ARRAY['correlation', 'covariance']) AS method, pca(imputed, method) AS ours;
CREATE TEMP TABLE core AS
SELECT a.field AS a, b.field AS b, corr(a.value::float8, b.value::float8) AS correlation,
	covar_samp(a.value::float8, b.value::float8) AS covariance
FROM composite_answer AS a JOIN composite_answer AS b USING (file, key)
WHERE file = 'impute_group_mean'
GROUP BY a.field, b.field;
SELECT method, count(*),
	max(abs(product - CASE method WHEN 'correlation' THEN correlation ELSE covariance END) / scale) < 1e-13 AS reproduced
FROM (
	SELECT a.method, a.code AS a, b.code AS b, sum(a.loading * b.loading) AS product, max(a.eigenvalue) AS scale
	FROM found AS a JOIN found AS b USING (method, component)
	GROUP BY a.method, a.code, b.code
) AS products JOIN core USING (a, b)
GROUP BY method ORDER BY method;
SELECT method, max(abs(product - (a = b)::int)) < 1e-14 AS orthonormal
FROM (
	SELECT a.method, a.component AS a, b.component AS b, sum(a.coefficient * b.coefficient) AS product
	FROM found AS a JOIN found AS b USING (method, code)
	GROUP BY a.method, a.component, b.component
) AS products
GROUP BY method ORDER BY method;
SELECT method, bool_and(eigenvalue > next) AS descending, max(abs(loading - coefficient * sqrt(eigenvalue))) = 0 AS loadings,
	abs(sum(eigenvalue) FILTER (WHERE code = 'D1_1') / (CASE method WHEN 'correlation' THEN 24 ELSE (SELECT sum(covariance) FROM core WHERE a = b) END) - 1) < 1e-14 AS total,
	max(abs(cumulative_share - running)) < 1e-14 AS cumulative,
	bool_and(cumulative_share = 1) FILTER (WHERE component = 24) AS complete
FROM (
	SELECT *, lead(eigenvalue) OVER c AS next, sum(share) OVER c AS running
	FROM found WINDOW c AS (PARTITION BY method, code ORDER BY component)
) AS ordered
GROUP BY method ORDER BY method;
SELECT bool_and(positive) AS largest_is_positive FROM (
	SELECT (array_agg(coefficient ORDER BY abs(coefficient) DESC))[1] > 0 AS positive FROM found GROUP BY method, component
) AS components;

-- The order of units changes no bit.
SELECT count(*), bool_and(float8send(x.coefficient) = float8send(y.coefficient) AND float8send(x.loading) = float8send(y.loading)
	AND float8send(x.eigenvalue) = float8send(y.eigenvalue) AND float8send(x.share) = float8send(y.share)) AS same_bits
FROM example
CROSS JOIN (SELECT score_matrix_agg(md5(unit), code, value) AS raw FROM composite_cell) AS renamed
CROSS JOIN LATERAL pca(example.raw) AS x
JOIN LATERAL pca(renamed.raw) AS y USING (component, code);

-- By hand: two criteria with correlation 1/2 have 1 + 1/2 and 1 - 1/2; of two
-- equal coefficients the first is positive.
SELECT component, code, round(coefficient::numeric, 12) AS coefficient, round(eigenvalue::numeric, 12) AS eigenvalue, round(cumulative_share::numeric, 12) AS cumulative_share, n
FROM pca(E'v1 rows=3 columns=2\nunit,a,b\np,0,-20\nq,1,0\nr,2,-10');

-- Two that say the same, one that varies by itself, one equal in all complete
-- units, and one unit without a value.
SELECT component, code, round(coefficient::numeric, 12) AS coefficient, round(loading::numeric, 12) AS loading, round(eigenvalue::numeric, 12) AS eigenvalue, round(share::numeric, 12) AS share, n
FROM pca(E'v1 rows=5 columns=4\nunit,alone,equal,x,y\np,1,7,-3,6\nq,-1,7,-3,6\nr,1,7,3,-6\ns,-1,7,3,-6\nt,5,8,,1');

-- Fewer units than criteria: n - 1 variances above 0.
SELECT component, eigenvalue > 0 AS positive, eigenvalue = 0 AS zero, share, n
FROM pca(E'v1 rows=2 columns=3\nunit,a,b,c\np,1,2,7\nq,2,9,-4') WHERE code = 'a';

-- One criterion; a column of zeros, no column, and nobody with all values.
SELECT * FROM pca(E'v1 rows=3 columns=1\nunit,a\np,1\nq,2\nr,9');
SELECT * FROM pca(E'v1 rows=3 columns=1\nunit,a\np,0\nq,0\nr,0');
SELECT * FROM pca(E'v1 rows=0 columns=0\nunit');
SELECT * FROM pca(E'v1 rows=2 columns=2\nunit,a,b\np,1,\nq,,2');
SELECT * FROM pca(NULL);

-- The ends of the range of doubles.
SELECT component, code, round(loading::numeric, 12) AS loading, n
FROM pca(E'v1 rows=3 columns=2\nunit,huge,tiny\np,1.7e308,1e-323\nq,-1.7e308,0\nr,1.7e308,1e-323') WHERE component = 1;
SELECT * FROM pca(E'v1 rows=2 columns=1\nunit,huge\np,1.7e308\nq,-1.7e308', 'covariance');

-- What is refused.
SELECT * FROM pca(E'v1 rows=0 columns=0\nunit', 'spearman');
SELECT count(*) FROM (SELECT score_matrix_agg('a', i::text, i) AS wide FROM generate_series(1, 1001) AS i) AS matrix, pca(wide);
