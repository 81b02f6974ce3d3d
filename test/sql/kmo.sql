-- kmo(): against R and against the definitions in SQL, and the same bits
-- whatever the order of units.
CREATE SCHEMA test_kmo;
SET search_path = test_kmo, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP TABLE example AS
SELECT
	(SELECT score_matrix_agg(unit, code, value) FROM composite_cell) AS raw,
	(SELECT score_matrix_agg(key, field, value::float8) FROM composite_answer WHERE file = 'impute_group_mean') AS imputed;

-- R 4.2.2, of d, the columns of impute_group_mean.csv: R <- cor(d), S <- solve(R),
-- P <- S^2 / outer(diag(S), diag(S)), both squared and without the diagonal:
-- colSums(R2) / (colSums(R2) + colSums(P)), the same over all;
-- -(n - 1 - (2 * k + 5) / 6) * log(det(R)) and pchisq() of this.
CREATE TEMP TABLE r_answer (code text, msa float8);
INSERT INTO r_answer VALUES
	('D1_1', 0.723126570652583),
	('D1_2', 0.851693933612305),
	('D1_3', 0.60851589549185),
	('D1_4', 0.855182336835106),
	('D1_5', 0.823845760892217),
	('D2_1', 0.671015565150571),
	('D2_2', 0.911315486260148),
	('D2_3', 0.699365354513513),
	('D2_4', 0.671610495499918),
	('D3_1', 0.779066460527216),
	('D3_2', 0.731678781055385),
	('D3_3', 0.880620838367537),
	('D3_4', 0.829017910624233),
	('D4_1', 0.894287898194277),
	('D4_2', 0.80889432509467),
	('D4_3', 0.719152244520173),
	('D5_1', 0.795392851909771),
	('D5_2', 0.847924014224343),
	('D5_3', 0.795004015179788),
	('D5_4', 0.805422425494296),
	('D6_1', 0.500682662285747),
	('D6_2', 0.806046777847535),
	('D6_3', 0.861177149614264),
	('D6_4', 0.778191291352829);
SELECT count(*), max(abs(ours.msa - answer.msa)) < 1e-12 AS msa,
	max(abs(kmo - 0.787304198194958)) < 1e-13 AS kmo,
	max(abs(chi_square / 614.161719047175 - 1)) < 1e-13 AS chi_square,
	max(abs(p_value / 8.80243197358751e-28 - 1)) < 1e-11 AS p_value,
	count(DISTINCT (kmo, chi_square, df, p_value, n)) AS different, min(df) AS df, min(n) AS n
FROM example, kmo(imputed) AS ours JOIN r_answer AS answer USING (code);

-- The same formulas over the 26 units that have all values; near singular.
SELECT count(*), max(abs(kmo - 0.297958108048486)) < 1e-11 AS kmo,
	max(abs(chi_square / 517.354531369734 - 1)) < 1e-12 AS chi_square,
	max(abs(p_value / 6.75092830757541e-17 - 1)) < 1e-10 AS p_value, min(df) AS df, min(n) AS n
FROM example, kmo(raw);

-- Three criteria by hand: the partial correlation of two given the third.
WITH r AS (
	SELECT max(correlation) FILTER (WHERE code_a = 'D1_2' AND code_b = 'D1_4') AS r12,
		max(correlation) FILTER (WHERE code_a = 'D1_2' AND code_b = 'D1_5') AS r13,
		max(correlation) FILTER (WHERE code_a = 'D1_4' AND code_b = 'D1_5') AS r23
	FROM example, correlations(imputed)
), partial AS (
	SELECT *, (r12 - r13 * r23) / sqrt((1 - r13 ^ 2) * (1 - r23 ^ 2)) AS p12,
		(r13 - r12 * r23) / sqrt((1 - r12 ^ 2) * (1 - r23 ^ 2)) AS p13,
		(r23 - r12 * r13) / sqrt((1 - r12 ^ 2) * (1 - r13 ^ 2)) AS p23,
		1 - r12 ^ 2 - r13 ^ 2 - r23 ^ 2 + 2 * r12 * r13 * r23 AS determinant
	FROM r
)
SELECT abs(max(msa) FILTER (WHERE code = 'D1_4') - (r12 ^ 2 + r23 ^ 2) / (r12 ^ 2 + r23 ^ 2 + p12 ^ 2 + p23 ^ 2)) < 1e-14 AS msa,
	abs(max(kmo) - (r12 ^ 2 + r13 ^ 2 + r23 ^ 2) / (r12 ^ 2 + r13 ^ 2 + r23 ^ 2 + p12 ^ 2 + p13 ^ 2 + p23 ^ 2)) < 1e-14 AS kmo,
	abs(max(chi_square) + (60 - 1 - 11 / 6.0) * ln(determinant)) < 1e-12 AS chi_square, max(df) AS df
FROM partial, example, LATERAL (
	SELECT score_matrix_agg(unit, code, value) AS three FROM matrix_cells(imputed) WHERE code IN ('D1_2', 'D1_4', 'D1_5')
) AS part, kmo(three)
GROUP BY r12, r13, r23, p12, p13, p23, determinant;

-- The order of units changes no bit, nor do scale, offset and direction matter.
SELECT count(*), bool_and(float8send(x.msa) = float8send(y.msa) AND float8send(x.kmo) = float8send(y.kmo)
	AND float8send(x.chi_square) = float8send(y.chi_square) AND float8send(x.p_value) = float8send(y.p_value)) AS same_bits
FROM example
CROSS JOIN (SELECT score_matrix_agg(md5(unit), code, value) AS raw FROM composite_cell) AS renamed
CROSS JOIN LATERAL kmo(example.raw) AS x JOIN LATERAL kmo(renamed.raw) AS y USING (code);
SELECT count(*), max(abs(x.msa - y.msa)) < 1e-11 AS msa, max(abs(x.chi_square - y.chi_square)) < 1e-9 AS chi_square
FROM example
CROSS JOIN (SELECT score_matrix_agg(key, field, 1000 - 12 * value::float8) AS turned FROM composite_answer WHERE file = 'impute_group_mean') AS turned
CROSS JOIN LATERAL kmo(imputed) AS x JOIN LATERAL kmo(turned) AS y USING (code);

-- Two criteria always have 1/2. None correlates: nothing to measure, and no
-- reason to doubt sphericity. One does not vary; one alone.
SELECT code, round(msa::numeric, 12) AS msa, round(kmo::numeric, 12) AS kmo, df, n
FROM kmo(E'v1 rows=4 columns=2\nunit,a,b\np,-3,0\nq,0,5\nr,4,1\ns,5,7');
SELECT * FROM kmo(E'v1 rows=5 columns=3\nunit,a,b,c\np,0,1,7\nq,0,-1,7\nr,1,0,7\ns,-1,0,7\nt,9,,1');
SELECT * FROM kmo(E'v1 rows=3 columns=1\nunit,a\np,1\nq,2\nr,9');
SELECT * FROM kmo(E'v1 rows=3 columns=2\nunit,a,b\np,0,0\nq,0,0\nr,0,0');
SELECT * FROM kmo(E'v1 rows=0 columns=0\nunit');
SELECT * FROM kmo(NULL);

-- Singular: fewer units than criteria, and a criterion that follows from others.
SELECT * FROM kmo(E'v1 rows=3 columns=3\nunit,a,b,c\np,1,2,7\nq,2,9,-4\nr,5,1,1');
SELECT * FROM kmo(E'v1 rows=5 columns=3\nunit,a,b,sum\np,1,2,3\nq,2,9,11\nr,5,1,6\ns,-3,0.1,-2.9\nt,0,0,0');
SELECT * FROM kmo(E'v1 rows=4 columns=3\nunit,a,b,same\np,1,2,1\nq,2,9,2\nr,5,1,5\ns,0,0,0');
