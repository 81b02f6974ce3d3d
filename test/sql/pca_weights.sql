-- pca_weights(): against R, by hand, what is left out and refused, and the same
-- bits whatever the order of units.
CREATE SCHEMA test_pca_weights;
SET search_path = test_pca_weights, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP TABLE example AS
SELECT
	(SELECT score_matrix_agg(unit, code, value) FROM composite_cell) AS raw,
	(SELECT score_matrix_agg(key, field, value::float8) FROM composite_answer WHERE file = 'impute_group_mean') AS imputed;

-- R 4.2.2, of d, the columns of impute_group_mean.csv: p <- prcomp(d, scale. = TRUE),
-- of the q components with p$sdev^2 > 1, seven, and of three
-- L <- p$rotation[, 1:q] %*% diag(p$sdev[1:q]), rotated as varimax(L) does, which
-- stops at 1e-7, but for 20,000 rounds; V the result, columns by colSums(V^2):
-- m <- apply(V^2, 1, max), m / sum(m), apply(V^2, 1, which.max).
CREATE TEMP TABLE r_answer (code text, first float8, weight float8, component int, weight_of_three float8);
INSERT INTO r_answer VALUES
	('D1_1', 0.164074173451509, 0.0568918834650775, 3, 0.0387563935422056),
	('D1_2', 0.211648386266045, 0.0209676711534745, 1, 0.0279968560784827),
	('D1_3', -0.15940850970911, 0.0764939515753949, 7, 0.020488611125047),
	('D1_4', 0.239187147878694, 0.0306179204939266, 2, 0.0393967460675205),
	('D1_5', 0.191163374350223, 0.0442227956509371, 2, 0.060155519298484),
	('D2_1', 0.211754281507441, 0.0193960448923232, 7, 0.0684130223600086),
	('D2_2', 0.230268883848515, 0.0321586893436022, 1, 0.0430669398334474),
	('D2_3', 0.181983469130761, 0.0666504220313867, 4, 0.0284274226455436),
	('D2_4', -0.169867265316761, 0.0684637096100738, 6, 0.0386875621459911),
	('D3_1', 0.214075861866673, 0.0206974393643562, 5, 0.027260558111317),
	('D3_2', 0.197172856165374, 0.0457058044833736, 3, 0.04012970617265),
	('D3_3', 0.225361496445249, 0.038228462186834, 2, 0.033093957358334),
	('D3_4', 0.250805154644482, 0.0225419779846133, 5, 0.04289426055926),
	('D4_1', -0.224582815162573, 0.0297872244358927, 4, 0.0267279511332975),
	('D4_2', 0.190523152347169, 0.0559093039891327, 1, 0.0273913188254427),
	('D4_3', 0.193339963620096, 0.0231784425306289, 5, 0.0399902092826108),
	('D5_1', 0.235128982031641, 0.0409647336222072, 1, 0.0527581263482759),
	('D5_2', -0.206580295286839, 0.0522572313063877, 1, 0.0367882794152227),
	('D5_3', 0.212569701496147, 0.0520570385004387, 2, 0.0667069319374354),
	('D5_4', 0.239065045390152, 0.0470393633156355, 2, 0.0510375654703877),
	('D6_1', 0.0974743565191039, 0.0810182012187652, 5, 0.0684623173041965),
	('D6_2', 0.188799047530858, 0.0214273302578203, 3, 0.0498283386133166),
	('D6_3', -0.224343962490705, 0.0314352483746072, 1, 0.0296184790244977),
	('D6_4', 0.176051277509263, 0.02188911021311, 1, 0.0419229273470249);
SELECT count(*), max(abs(ours.weight - answer.weight)) < 1e-12 AS weights,
	bool_and(ours.component = answer.component) AS components,
	max(abs(of_three.weight - answer.weight_of_three)) < 1e-12 AS of_three,
	bool_and(ours.weight = of_seven.weight) AS of_seven,
	abs(sum(ours.weight) - 1) < 1e-15 AS sum_is_1
FROM example
CROSS JOIN pca_weights(imputed) AS ours
JOIN LATERAL pca_weights(imputed, components => 3) AS of_three USING (code)
JOIN LATERAL pca_weights(imputed, 'varimax', 7) AS of_seven USING (code)
JOIN r_answer AS answer USING (code);

-- The published example of pca.sql, of which the Handbook rotates four components
-- in Table 17: patents load 0.97, and alone, on theirs.
SELECT code, round(loading::numeric, 2) AS loading, component, round(weight::numeric, 2) AS weight
FROM pca_weights(E'v1 rows=23 columns=8
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
Slovenia,105,4,20.3,49.5,2.84,3.71,7.1,10.6', components => 4);

-- The first component, once all criteria point one way: shares of p$rotation[, 1].
SELECT count(*), max(abs(ours.weight - abs(answer.first) / (SELECT sum(abs(first)) FROM r_answer))) < 1e-13 AS weights,
	bool_and(ours.component = 1) AS first, max(abs(ours.loading - abs(answer.first) * sqrt(8.42541109397672))) < 1e-12 AS loadings
FROM (
	SELECT score_matrix_agg(key, field, value::float8 * direction) AS matrix
	FROM composite_answer JOIN composite_framework ON code = field
	WHERE file = 'impute_group_mean'
) AS directed, pca_weights(matrix, 'first_component') AS ours JOIN r_answer AS answer USING (code);
SELECT count(*) FROM example, pca_weights(imputed, 'first_component');

-- Two pairs that know nothing of each other are two components, whatever the
-- direction; within each pair, correlation 0.8, equal weights.
CREATE TEMP TABLE pairs AS SELECT E'v1 rows=8 columns=4
unit,a,a_too,b,b_turned
p,2,1,2,-1
q,2,1,-2,1
r,-2,-1,2,-1
s,-2,-1,-2,1
t,1,2,1,-2
u,1,2,-1,2
v,-1,-2,1,-2
w,-1,-2,-1,2'::score_matrix AS matrix;
SELECT code, round(weight::numeric, 12) AS weight, round(abs(loading)::numeric, 12) AS size, round(sqrt(0.9), 12) AS by_hand
FROM pairs, pca_weights(matrix);
SELECT count(DISTINCT component) FILTER (WHERE code LIKE 'a%') AS of_a, count(DISTINCT component) AS of_all,
	sign(max(loading) FILTER (WHERE code = 'b')) = -sign(max(loading) FILTER (WHERE code = 'b_turned')) AS turned
FROM pairs, pca_weights(matrix);

-- One component: squared loadings, and loadings.
SELECT method, max(abs(weight - expected)) < 1e-15 AS as_expected
FROM unnest(ARRAY['varimax', 'first_component']) AS method, LATERAL (
	SELECT score_matrix_agg(unit, code, value) AS domain FROM composite_cell WHERE code IN ('D1_2', 'D1_4', 'D1_5')
) AS part, LATERAL (
	SELECT code, loading ^ power / sum(loading ^ power) OVER () AS expected
	FROM pca(domain), LATERAL (SELECT CASE method WHEN 'varimax' THEN 2 ELSE 1 END AS power) AS exponent WHERE component = 1
) AS shares JOIN LATERAL pca_weights(domain, method) AS ours USING (code)
GROUP BY method ORDER BY method;

-- One without variation, one alone, none at all; units without all values.
SELECT code, round(weight::numeric, 12) AS weight, component, round(loading::numeric, 12) AS loading
FROM pca_weights(E'v1 rows=4 columns=3\nunit,a,b,equal\np,0,-2,0\nq,1,-3,0\nr,3,-7,0\ns,,9,1');
SELECT * FROM pca_weights(E'v1 rows=3 columns=1\nunit,a\np,1\nq,2\nr,9');
SELECT * FROM pca_weights(E'v1 rows=2 columns=2\nunit,a,b\np,1,\nq,,2');
SELECT * FROM pca_weights(E'v1 rows=2 columns=2\nunit,a,b\np,1,\nq,,2', 'varimax', 2);
SELECT * FROM pca_weights(E'v1 rows=0 columns=0\nunit');
SELECT * FROM pca_weights(NULL);

-- The order of units changes no bit.
SELECT count(*), bool_and(float8send(x.weight) = float8send(y.weight) AND float8send(x.loading) = float8send(y.loading) AND x.component = y.component) AS same_bits
FROM example
CROSS JOIN (SELECT score_matrix_agg(md5(unit), code, value) AS raw FROM composite_cell) AS renamed
CROSS JOIN LATERAL pca_weights(example.raw) AS x JOIN LATERAL pca_weights(renamed.raw) AS y USING (code);

-- They are weights of a framework.
SELECT count(*), max(abs(weight - ours)) < 1e-15 AS taken
FROM example, LATERAL (
	SELECT with_weights(framework, array_agg(w.code), array_agg(w.weight)) AS weighted
	FROM (SELECT framework_agg(code, parent, 1, 1) AS framework FROM (
		SELECT code, 'index' AS parent FROM unnest(matrix_codes(imputed)) AS code UNION ALL VALUES ('index', NULL)) AS tree) AS flat,
		pca_weights(imputed) AS w
	GROUP BY framework
) AS framework, LATERAL (SELECT code, weight AS ours FROM effective_weights(weighted)) AS effective
JOIN LATERAL (SELECT code, weight FROM pca_weights(imputed)) AS given USING (code);

-- What is refused.
SELECT count(*) FROM pairs, pca_weights(matrix, 'promax');
SELECT count(*) FROM pairs, pca_weights(matrix, NULL);
SELECT count(*) FROM pairs, pca_weights(matrix, components => 0);
SELECT count(*) FROM pairs, pca_weights(matrix, components => 5);
SELECT count(*) FROM pairs, pca_weights(matrix, 'first_component', 1);
