-- CDC/ATSDR Social Vulnerability Index (SVI) 2020: the 67 counties of Pennsylvania.
--
-- Source: Centers for Disease Control and Prevention / Agency for Toxic Substances
-- and Disease Registry, Geospatial Research, Analysis, and Services Program,
-- CDC/ATSDR Social Vulnerability Index 2020, database Pennsylvania, counties;
-- https://www.atsdr.cdc.gov/placeandhealth/svi. A work of the government of the
-- United States, in the public domain. Table taken from
-- https://github.com/heli-xu/findSVI, data-raw/xls/2020svi_pa_co_cdc.csv: the 16
-- estimates in per cent (EP_), to one decimal, and the ranks as published (RPL_).
-- Method: the SVI's documentation. Each estimate becomes its percentile rank
-- among the state's counties, (rank - 1) / (n - 1), ties having the lowest rank,
-- to four decimals. Those of a theme are added up, those of all themes too, and
-- the sums ranked in the same way.
--
-- Run in a database of your choice:
--     psql -X -d your_database -f svi_2020_pennsylvania.sql

\set QUIET on
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS parindex;
SET search_path = parindex, public;

-- Data: estimates, then the ranks that were published ---------------------------------

CREATE TEMP TABLE county (
	county text PRIMARY KEY,
	pov150 float8, unemp float8, hburd float8, nohsdp float8, uninsur float8,
	age65 float8, age17 float8, disabl float8, sngpnt float8, limeng float8,
	minrty float8,
	munit float8, mobile float8, crowd float8, noveh float8, groupq float8,
	published_theme1 numeric, published_theme2 numeric, published_theme3 numeric, published_theme4 numeric,
	published_themes numeric
);

COPY county FROM stdin;
Adams	13.8	3.9	22.9	10.8	5.6	20.3	20.1	13.7	4.3	1.4	11.3	1.9	6.8	1.2	4.4	4.0	0.2424	0.3788	0.6515	0.1212	0.2273
Allegheny	17.9	4.9	24.5	5.2	3.8	18.9	18.7	13.6	5.4	0.8	22.1	13.7	0.7	0.9	13.3	2.8	0.1667	0.2121	0.8636	0.5606	0.2879
Armstrong	21.0	5.5	20.4	8.2	4.1	22.2	19.2	17.6	4.1	0.2	3.2	3.6	10.0	0.8	7.3	1.2	0.197	0.2273	0.0303	0.1515	0.0909
Beaver	17.7	5.1	21.9	6.2	3.8	21.5	19.4	15.8	5.8	0.4	11.0	5.7	3.8	1.0	8.1	1.8	0.1364	0.5758	0.6364	0.2576	0.2424
Bedford	21.4	4.5	19.8	11.3	6.9	22.7	19.5	16.3	3.4	0.1	3.5	2.6	14.3	1.1	4.8	1.0	0.5455	0.1667	0.0455	0.0455	0.1667
Berks	19.0	5.6	26.2	12.8	6.2	17.3	22.4	14.0	6.7	4.2	29.5	6.6	2.8	1.2	8.5	3.1	0.9242	0.9091	0.9242	0.5152	0.9545
Blair	22.9	4.7	23.5	8.3	5.1	20.7	20.3	16.8	6.0	0.3	5.8	6.4	7.2	0.9	8.2	2.7	0.3636	0.697	0.2879	0.4848	0.5152
Bradford	22.9	4.7	22.0	10.2	6.6	21.3	22.0	14.5	5.6	0.3	4.5	3.3	14.4	1.9	8.3	1.2	0.6667	0.6364	0.1515	0.7576	0.6667
Bucks	9.7	4.2	23.8	5.7	4.1	18.7	20.4	10.5	4.7	1.9	17.4	10.1	1.9	1.2	4.9	1.5	0.0606	0.2576	0.7576	0.0758	0.0606
Butler	13.2	4.6	19.4	4.6	3.3	18.8	20.0	12.8	3.8	0.3	5.6	7.9	7.7	0.6	6.4	3.0	0.0	0.0303	0.2576	0.3939	0.0152
Cambria	22.4	5.2	20.5	8.0	4.1	22.5	19.2	18.3	5.3	0.1	7.6	5.7	4.7	0.8	11.0	5.1	0.1818	0.5909	0.4394	0.6818	0.4242
Cameron	31.3	10.2	24.7	8.7	3.2	27.3	16.2	20.2	8.1	0.0	5.5	2.6	14.4	1.2	9.6	1.7	0.7576	0.803	0.2424	0.5455	0.697
Carbon	18.9	5.1	25.0	10.3	4.5	20.9	19.2	17.1	4.5	0.6	9.2	3.6	4.1	1.5	5.6	1.5	0.4545	0.4242	0.5455	0.1818	0.3333
Centre	24.2	4.1	29.2	5.5	5.6	14.2	15.0	9.3	2.9	0.6	14.7	16.9	4.6	2.1	9.8	11.4	0.4848	0.0	0.6818	1.0	0.4697
Chester	10.4	4.1	21.5	5.7	5.0	16.4	22.7	9.0	4.6	1.9	21.2	10.1	2.5	1.4	4.4	2.8	0.0455	0.2727	0.8485	0.303	0.1364
Clarion	26.2	6.0	20.7	9.4	7.1	19.6	18.8	15.6	4.3	0.4	4.5	5.5	11.1	1.0	7.6	3.1	0.803	0.0606	0.1515	0.6364	0.4394
Clearfield	24.9	7.4	21.5	11.9	5.3	20.5	18.2	19.2	5.1	0.7	7.3	3.3	12.9	1.4	7.5	7.1	0.8788	0.6667	0.4091	0.8939	0.8939
Clinton	24.5	5.8	25.2	10.2	9.3	18.7	20.2	17.1	5.0	0.4	5.0	4.0	9.0	1.3	9.9	3.9	0.9697	0.3636	0.2121	0.8788	0.8485
Columbia	21.9	4.5	23.1	9.2	4.9	19.4	17.7	13.8	4.4	0.2	7.2	5.5	8.4	0.8	6.2	6.5	0.3333	0.0152	0.3939	0.4697	0.1515
Crawford	23.9	5.8	20.7	10.1	8.3	20.6	20.8	17.8	5.3	0.5	5.6	3.0	13.2	0.9	9.2	4.2	0.803	0.8788	0.2576	0.6667	0.803
Cumberland	12.7	3.5	21.8	7.1	5.4	18.5	20.3	12.1	5.0	1.2	15.2	7.8	4.8	0.8	5.5	5.2	0.0909	0.2424	0.697	0.3333	0.1818
Dauphin	19.1	4.4	25.5	9.0	5.5	16.9	22.5	12.9	7.0	2.5	35.5	10.0	2.5	1.4	9.3	2.5	0.3636	0.7727	0.9697	0.6515	0.7121
Delaware	15.9	6.2	28.0	6.8	4.9	16.5	22.0	11.7	7.5	1.9	34.1	12.0	0.3	1.6	10.1	3.9	0.4242	0.6212	0.9394	0.9091	0.7879
Elk	18.4	6.0	16.0	7.0	2.6	22.4	19.1	15.9	3.9	0.2	3.0	1.9	7.1	0.5	6.6	1.3	0.1061	0.1212	0.0	0.0152	0.0
Erie	25.0	5.4	26.2	8.5	4.5	17.9	21.3	15.5	7.9	1.3	16.4	7.0	5.3	1.5	10.6	4.8	0.6818	0.8636	0.7424	0.9848	0.9697
Fayette	26.8	7.3	22.8	11.2	4.6	21.1	19.3	19.7	5.7	0.4	8.6	3.2	10.7	1.3	8.4	3.9	0.8939	0.7424	0.5	0.7273	0.8788
Forest	26.4	5.4	18.8	16.3	5.7	23.3	5.2	28.8	3.3	0.7	28.7	1.1	17.7	1.4	5.5	45.5	0.8333	0.5606	0.9091	0.6818	0.8333
Franklin	17.4	3.9	21.5	11.2	9.2	19.5	22.3	15.2	5.0	1.1	12.6	3.0	7.6	1.4	5.2	1.4	0.3939	0.7273	0.6667	0.1061	0.3939
Fulton	19.5	5.2	19.5	10.7	6.2	21.3	19.9	16.3	5.5	0.0	4.4	1.5	15.3	1.1	5.6	0.2	0.4545	0.5	0.1212	0.0606	0.2121
Greene	21.6	4.9	18.5	12.4	3.6	19.0	19.4	19.2	4.9	0.1	7.4	3.3	18.1	1.0	7.8	9.8	0.303	0.197	0.4242	0.8636	0.4091
Huntingdon	20.0	5.4	18.2	10.2	4.6	20.9	18.1	16.4	5.6	0.5	9.7	1.8	13.0	1.4	6.0	12.2	0.2576	0.5152	0.5758	0.7121	0.5
Indiana	25.8	7.2	25.5	9.2	7.4	19.3	18.0	16.3	3.6	0.8	6.7	6.9	10.7	1.0	8.7	6.6	0.9848	0.1061	0.3485	0.9394	0.8182
Jefferson	24.0	4.5	20.0	9.4	7.2	20.9	21.3	16.0	4.1	0.3	3.0	3.6	8.4	1.4	7.3	1.7	0.5303	0.3182	0.0	0.4242	0.3182
Juniata	19.5	2.8	19.5	16.9	11.5	20.2	22.5	13.5	2.7	1.8	6.4	4.1	10.3	3.3	7.0	1.1	0.5152	0.4394	0.3182	0.6212	0.5455
Lackawanna	22.7	4.2	27.1	8.5	4.4	19.9	20.4	15.6	6.8	1.9	16.0	5.1	2.2	1.6	9.9	3.8	0.3485	0.9545	0.7273	0.803	0.7576
Lancaster	15.8	3.6	25.2	14.4	11.7	18.0	23.5	11.5	4.2	2.3	18.7	8.2	3.3	2.1	9.5	2.1	0.7121	0.4091	0.7879	0.8333	0.7727
Lawrence	22.9	6.4	24.3	8.7	5.3	22.0	19.9	17.3	6.9	0.4	8.6	3.9	7.3	0.7	8.0	2.6	0.7273	0.9242	0.5	0.2879	0.6818
Lebanon	18.3	4.9	25.5	12.3	8.5	19.4	22.8	13.5	6.0	2.2	18.7	4.9	5.4	2.2	6.2	2.4	0.8485	0.9394	0.7879	0.5152	0.9091
Lehigh	20.7	6.2	29.3	10.5	6.2	16.7	22.7	13.0	7.7	4.8	36.8	10.6	1.9	2.2	8.2	2.5	0.9394	0.8939	0.9848	0.7727	0.9848
Luzerne	23.6	6.0	24.2	9.8	5.4	19.9	19.8	15.8	7.5	2.7	19.7	5.5	2.9	1.1	10.7	3.8	0.7879	0.9697	0.8182	0.6061	0.9394
Lycoming	21.2	5.1	26.1	9.5	5.6	19.3	20.5	15.9	5.8	0.3	10.1	5.7	5.7	1.2	9.1	5.7	0.697	0.5303	0.6061	0.8182	0.7424
McKean	27.1	6.5	21.4	8.2	4.1	19.5	19.8	19.3	5.3	0.5	7.0	3.1	9.0	0.6	8.4	6.8	0.5	0.7121	0.3788	0.5	0.5909
Mercer	23.0	5.8	20.7	10.1	5.6	21.7	19.4	18.6	6.0	0.4	10.1	5.9	7.9	1.2	10.4	6.4	0.6212	0.8485	0.6061	0.9545	0.9242
Mifflin	23.8	3.5	22.2	15.2	12.3	21.6	22.3	14.8	4.9	0.6	4.4	2.9	8.7	1.6	9.4	1.5	0.8636	0.7576	0.1212	0.5909	0.7121
Monroe	18.4	6.2	27.9	10.4	7.0	17.4	19.6	14.6	5.5	1.7	35.2	2.2	3.7	2.0	4.8	1.4	0.9091	0.3939	0.9545	0.0303	0.6061
Montgomery	9.8	4.5	23.1	5.6	3.5	17.8	21.6	10.2	5.0	1.9	25.1	14.9	0.8	1.3	5.6	2.7	0.0303	0.3333	0.8939	0.3485	0.197
Montour	18.1	1.7	23.7	8.9	6.0	21.1	20.4	13.7	5.9	0.5	9.0	3.6	6.7	1.5	13.0	4.6	0.2273	0.6364	0.5303	0.9242	0.6212
Northampton	15.0	4.6	26.4	8.7	4.5	19.0	19.9	12.2	5.2	2.1	24.2	7.4	2.0	1.2	6.9	3.7	0.2121	0.4697	0.8788	0.4091	0.3636
Northumberland	22.7	4.2	21.5	10.9	4.4	21.2	19.6	17.1	5.7	0.6	8.2	4.8	4.7	1.3	10.1	4.2	0.3182	0.8333	0.4545	0.7879	0.6515
Perry	16.1	3.4	18.5	11.9	9.1	18.4	21.5	13.7	4.5	0.4	4.9	1.5	11.8	1.8	5.3	1.3	0.2879	0.1515	0.197	0.2424	0.1212
Philadelphia	33.5	8.8	35.4	14.3	7.6	13.7	21.7	16.7	9.9	6.0	65.9	15.7	0.3	2.8	28.7	3.0	1.0	0.9848	1.0	0.9697	1.0
Pike	16.1	7.8	29.0	7.6	5.5	22.2	17.8	16.9	5.1	0.5	20.4	0.9	4.3	1.1	4.7	0.6	0.6515	0.5455	0.8333	0.0	0.2576
Potter	23.9	6.8	22.0	11.1	6.7	24.0	20.4	18.4	5.1	0.7	3.7	1.7	14.2	1.4	7.7	1.6	0.9394	1.0	0.0606	0.4394	0.8636
Schuylkill	22.4	5.2	22.6	10.6	5.2	20.4	19.7	18.0	6.0	0.5	9.6	3.4	3.9	0.8	8.7	5.1	0.6212	0.7727	0.5606	0.3182	0.6364
Snyder	18.6	2.5	19.5	13.3	10.6	18.9	20.8	13.4	3.4	0.5	5.0	3.0	7.8	1.4	7.0	5.7	0.4242	0.0758	0.2121	0.5758	0.2727
Somerset	20.0	4.8	19.0	11.2	5.9	22.2	18.1	16.8	4.8	0.3	6.1	3.7	11.2	1.3	7.1	7.0	0.3939	0.2879	0.303	0.8485	0.5303
Sullivan	19.5	5.0	21.6	10.1	7.0	28.0	10.7	17.7	5.1	1.0	6.9	1.4	10.5	0.4	5.5	7.3	0.5606	0.8182	0.3636	0.1818	0.4848
Susquehanna	20.9	6.1	24.1	9.5	6.0	23.5	18.7	16.1	4.4	0.3	3.8	1.8	11.8	1.4	5.4	0.8	0.7727	0.2879	0.0758	0.1364	0.303
Tioga	23.3	5.2	24.1	8.6	6.9	22.0	19.9	18.1	4.0	0.1	3.9	3.5	16.8	0.9	6.4	1.5	0.7424	0.3485	0.0909	0.2576	0.3485
Union	17.7	2.9	23.3	12.2	9.5	18.2	17.8	13.6	4.6	0.8	15.6	4.5	6.9	0.8	9.5	20.5	0.5758	0.0455	0.7121	0.7424	0.4545
Venango	23.6	6.6	19.6	9.0	5.6	22.5	19.3	19.4	5.0	0.2	4.6	2.6	10.9	1.4	7.7	2.3	0.6061	0.6061	0.1818	0.4545	0.5758
Warren	22.1	4.4	17.4	6.8	4.7	22.9	19.4	15.6	4.1	0.6	4.3	2.9	9.8	1.1	6.5	1.6	0.1212	0.4394	0.1061	0.1818	0.0758
Washington	15.4	5.4	19.3	6.5	3.7	20.5	19.5	15.0	4.7	0.4	8.2	5.6	5.7	1.0	7.6	2.6	0.0758	0.1667	0.4545	0.3636	0.1061
Wayne	19.4	5.1	24.5	10.0	5.6	24.0	16.6	19.1	4.0	0.5	9.8	0.9	7.0	1.4	5.8	7.5	0.5909	0.4848	0.5909	0.3788	0.5606
Westmoreland	16.0	4.7	20.2	5.2	3.2	22.7	18.3	15.3	4.1	0.3	6.5	5.1	5.2	0.6	7.2	2.3	0.0152	0.1212	0.3333	0.1667	0.0303
Wyoming	17.4	4.9	21.4	7.2	4.6	21.2	19.6	13.5	4.8	0.2	8.3	1.6	12.1	0.9	4.9	2.8	0.1515	0.0909	0.4848	0.0909	0.0455
York	15.4	4.6	24.5	9.7	5.0	17.5	22.1	13.7	6.0	1.4	17.4	5.4	4.8	1.3	5.6	2.0	0.2727	0.6818	0.7576	0.2273	0.3788
\.

-- The index: ranks are added up, and the sums go through the same pipeline ------------

CREATE TEMP TABLE method AS
SELECT 'normalise percentile_rank to 0 1'::pipeline AS pipeline, $$
	themes [method sum, round 4] {
		theme1 [method sum, round 4] {
			pov150 [round 4], unemp [round 4], hburd [round 4], nohsdp [round 4], uninsur [round 4]
		},
		theme2 [method sum, round 4] {
			age65 [round 4], age17 [round 4], disabl [round 4], sngpnt [round 4], limeng [round 4]
		},
		theme3 [method sum, round 4] { minrty [round 4] },
		theme4 [method sum, round 4] {
			munit [round 4], mobile [round 4], crowd [round 4], noveh [round 4], groupq [round 4]
		}
	}
$$::framework AS framework;

CREATE TEMP TABLE result AS
WITH measured AS (
	SELECT score_matrix_agg(county, key, value::float8) AS matrix
	FROM county AS c, jsonb_each_text(to_jsonb(c))
	WHERE key !~ '^(county|published_)'
),
sums AS (
	SELECT score_matrix_agg(unit, code, score) AS matrix
	FROM measured, method, index_scores(matrix, framework, pipeline)
	WHERE depth <= 1
)
SELECT unit AS county, code, round(value::numeric, 4) AS score
FROM sums, method,
	matrix_cells(run_pipeline(matrix, 'ranks { themes, theme1, theme2, theme3, theme4 }', pipeline));

-- Computed against published -----------------------------------------------------------

\pset format unaligned
\pset tuples_only on

SELECT format('SVI 2020 Pennsylvania, %s: %s of %s percentile ranks equal at 4 digits, greatest difference %s',
	code, count(*) FILTER (WHERE score = published::numeric), count(*), max(abs(score - published::numeric)))
FROM result
JOIN county AS c USING (county),
	LATERAL (SELECT to_jsonb(c) ->> ('published_' || code) AS published) AS p
GROUP BY code
ORDER BY code = 'themes' DESC, code;
