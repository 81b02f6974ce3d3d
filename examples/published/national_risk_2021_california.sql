-- FEMA National Risk Index (NRI): natural hazards in the 58 counties of California.
--
-- Source: Federal Emergency Management Agency, National Risk Index, table of
-- counties, November 2021; https://hazards.fema.gov/nri. A work
-- of the government of the United States, in the public domain. Table taken from
-- https://github.com/shroffp05/us-county-disaster-clustering,
-- data/NRI_Table_Counties.csv: the score of the expected annual loss, the values
-- of social vulnerability and community resilience, and what was made of them.
-- Method: National Risk Index Technical Documentation. Vulnerability is brought
-- to 0 .. 100 between the least and the greatest of all counties, the least
-- having 0.01; resilience from 0 .. 5 to 0 .. 100. Risk is expected annual loss
-- x social vulnerability / community resilience, brought to 0 .. 100 between the
-- least and the greatest of all 3142 counties: these are Los Angeles, and Loudoun
-- in Virginia, which therefore stands among those of California.
--
-- Run in a database of your choice:
--     psql -X -d your_database -f national_risk_2021_california.sql

\set QUIET on
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS parindex;
SET search_path = parindex, public;

-- Data: what is combined, then the scores that were published -------------------------

CREATE TEMP TABLE county (
	county text PRIMARY KEY,
	loss float8, vulnerability float8, resilience float8,
	published_vulnerability numeric, published_resilience numeric, published_risk numeric
);

COPY county FROM stdin;
Alameda	64.79950638	-2.41	2.6742101	28.85297596	53.484202	40.4028203
Alpine	11.4127671	0.59	2.6312699	40.6779661	52.625398	10.19320299
Amador	19.47481441	-0.69	2.5728199	35.63263697	51.456398	15.5844991
Butte	40.12808287	0.96	2.71732	42.13638155	54.3464	35.95876738
Calaveras	22.81308732	-0.11	2.66923	37.91880173	53.3846	18.72626132
Colusa	36.05998232	1.42	2.65802	43.94954671	53.1604	34.45558504
Contra Costa	53.14476865	-3.19	2.70151	25.77847852	54.0302	29.30494488
Del Norte	15.07373514	0.96	2.6040101	42.13638155	52.080202	14.09306257
El Dorado	25.47489021	-2.96	2.70402	26.6850611	54.0804	14.5259311
Fresno	33.90541081	2.88	2.6703899	49.70437525	53.407798	36.46947548
Glenn	35.42403265	1.8	2.6194999	45.44737879	52.389998	35.51630877
Humboldt	28.83745981	0.76	2.62991	41.34804888	52.5982	26.19957585
Imperial	28.08398122	5.84	2.27301	61.37169886	45.4602	43.82011369
Inyo	10.59105801	2.57	2.64328	48.4824596	52.8656	11.22331918
Kern	33.6579627	0.89	2.58899	41.86046512	51.7798	31.44813977
Kings	25.92466082	-0.05	2.5718701	38.15530154	51.437402	22.22444839
Lake	22.7103559	3.34	2.6156399	51.5175404	52.312798	25.84778828
Lassen	16.54302928	-7.25	2.5743501	9.775325187	51.487002	3.626740527
Los Angeles	100	1.66	2.59461	44.89554592	51.8922	100
Loudoun (Virginia)	17.33933629	-9.73	2.68191	0.01	53.6382	0
Madera	28.21413323	2.7	2.56392	48.99487584	51.2784	31.15630025
Marin	36.23595298	-5.72	2.70609	15.80607016	54.1218	12.22851529
Mariposa	16.53860387	2	2.58955	46.23571147	51.791	17.06247586
Mendocino	25.91518883	2.26	2.6807599	47.26054395	53.615198	26.40090236
Merced	30.99634426	2.39	2.5678699	47.77296019	51.357398	33.32391174
Modoc	23.78994836	2.72	2.4925101	49.07370911	49.850202	27.06640424
Mono	13.10008128	-1.18	2.6340001	33.70122192	52.680002	9.683254711
Monterey	32.76302219	1.8	2.5711501	45.44737879	51.423002	33.46585582
Napa	42.46664722	-0.61	2.7218499	35.94797004	54.436998	32.41105489
Nevada	21.16011238	-0.37	2.6368101	36.89396926	52.736202	17.10742752
Orange	61.14383181	-2.42	2.6052301	28.81355932	52.104602	39.07932102
Placer	25.53506265	-3.16	2.7225499	25.89672842	54.450998	14.03380449
Plumas	16.03829327	2.1	2.5180399	46.62987781	50.360798	17.16130575
Riverside	64.98571584	0.51	2.5750799	40.36263303	51.501598	58.86595301
Sacramento	45.16528999	0.29	2.7388101	39.49546709	54.776202	37.63848049
San Benito	24.10374922	-0.88	2.7267399	34.88372093	54.534798	17.81794783
San Bernardino	61.992866	0.49	2.65274	40.28379976	53.0548	54.40423256
San Diego	59.79570825	-1.56	2.5801699	32.20338983	51.603398	43.12913351
San Francisco	47.98690693	-2	2.5395401	30.46905794	50.790802	33.27078101
San Joaquin	35.38411973	0.9	2.7198901	41.89988175	54.397802	31.49947973
San Luis Obispo	28.3146653	-2.05	2.8493299	30.27197477	56.986598	17.38205656
San Mateo	49.02921872	-4.23	2.6997199	21.6791486	53.994398	22.75056688
Santa Barbara	58.53731759	0.21	2.75243	39.18013402	55.0486	48.15416004
Santa Clara	66.14019535	-5.71	2.6386499	15.8454868	52.772998	22.95110745
Santa Cruz	36.74735903	-2.42	2.7383599	28.81355932	54.767198	22.34317827
Shasta	27.73486845	1.23	2.66185	43.20063067	53.237	26.01089483
Sierra	10.76630668	2.11	2.6430399	46.66929444	52.860798	10.98326839
Siskiyou	21.64403627	2.57	2.55755	48.4824596	51.151	23.70911716
Solano	40.97846808	-1.21	2.77333	33.58297201	55.4666	28.6748904
Sonoma	50.58316377	-0.93	2.7079301	34.68663776	54.158602	37.44315753
Stanislaus	31.72540275	1.14	2.6979301	42.84588096	53.958602	29.1148698
Sutter	38.97036097	0.99	2.7693501	42.25463145	55.387002	34.36123131
Tehama	26.97891517	0.89	2.6241601	41.86046512	52.483202	24.86898237
Trinity	14.35310548	1.42	2.50038	43.94954671	50.0076	14.57699512
Tulare	20.64875815	3.28	2.5652699	51.2810406	51.305398	23.85254542
Tuolumne	23.94984379	0.96	2.6375799	42.13638155	52.751598	22.10884035
Ventura	47.2785896	-2.26	2.7360001	29.44422546	54.720002	29.40210385
Yolo	44.14098604	-1.06	2.7263401	34.17422152	54.526802	31.9738503
Yuba	26.49381099	0.37	2.71737	39.81080016	54.3474	22.42896722
\.

-- The index, whole ------------------------------------------------------------------

CREATE TEMP TABLE method AS
SELECT $$
	normalise scaled -9.73 15.64 to 0 100 on (vulnerability);
	normalise scaled 0 5 to 0 100 on (resilience);
	transform clip 0.01 100 on (vulnerability)
$$::pipeline AS pipeline, $$
	risk [method product, missing propagate, rescale minmax 0 100] { loss, vulnerability, resilience: -1 }
$$::framework AS framework;

CREATE TEMP TABLE result AS
WITH measured AS (
	SELECT score_matrix_agg(county, key, value::float8) AS matrix
	FROM county AS c, jsonb_each_text(to_jsonb(c))
	WHERE key !~ '^(county|published_)'
)
SELECT unit AS county, code, score::numeric, score_rank(score) OVER (PARTITION BY code) AS rank
FROM measured, method, index_scores(matrix, framework, pipeline);

-- Computed against published ----------------------------------------------------------

\pset format unaligned
\pset tuples_only on

SELECT format('NRI 2021 California, %s: %s of %s scores equal at 6 digits, greatest difference %s',
	code, count(*) FILTER (WHERE round(score, 6) = round(published, 6)), count(*), round(max(abs(score - published)), 9))
FROM result
JOIN county AS c USING (county),
	LATERAL (SELECT (to_jsonb(c) ->> ('published_' || code))::numeric AS published) AS p
WHERE code <> 'loss'
GROUP BY code
ORDER BY code = 'risk' DESC, code;

SELECT format('NRI 2021 California: %s of %s ranks equal', count(*) FILTER (WHERE rank = listed), count(*))
FROM result
JOIN (SELECT county, score_rank(published_risk) OVER () AS listed FROM county) AS p USING (county)
WHERE code = 'risk';
