-- Human Development Index of 2019: 32 of 189 countries.
--
-- Source: United Nations Development Programme, Human Development Report 2020,
-- table 1, https://hdr.undp.org/content/human-development-report-2020: the four
-- indicators, HDI and rank, rounded as published; countries ranked 1 to 19,
-- South-East Asia, and the last.
-- Method: the report's technical note 1: goalposts, the logarithm of income,
-- the geometric mean of three dimensions. Indicators are rounded as published, so
-- that an index may differ by a thousandth.
--
-- Run:  psql -d your_database -f hdi_2019.sql

\set QUIET on
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
\pset pager off
CREATE EXTENSION IF NOT EXISTS parindex;
SET search_path = pg_temp, parindex, public;

CREATE TEMP TABLE country (country text PRIMARY KEY, life_expectancy float8, expected_schooling float8, mean_schooling float8, gni_per_capita float8, published_hdi numeric, published_rank int);
COPY country FROM stdin WITH (FORMAT csv);
Norway,82.4,18.1,12.9,66494,0.957,1
Ireland,82.3,18.7,12.7,68371,0.955,2
Switzerland,83.8,16.3,13.4,69394,0.955,2
"Hong Kong, China (SAR)",84.9,16.9,12.3,62985,0.949,4
Iceland,83.0,19.1,12.8,54682,0.949,4
Germany,81.3,17.0,14.2,55314,0.947,6
Sweden,82.8,19.5,12.5,54508,0.945,7
Australia,83.4,22.0,12.7,48085,0.944,8
Netherlands,82.3,18.5,12.4,57707,0.944,8
Denmark,80.9,18.9,12.6,58662,0.940,10
Finland,81.9,19.4,12.8,48511,0.938,11
Singapore,83.6,16.4,11.6,88155,0.938,11
United Kingdom,81.3,17.5,13.2,46071,0.932,13
Belgium,81.6,19.8,12.1,52085,0.931,14
New Zealand,82.3,18.8,12.8,40799,0.931,14
Canada,82.4,16.2,13.4,48527,0.929,16
United States,78.9,16.3,13.4,63826,0.926,17
Austria,81.5,16.1,12.5,56197,0.922,18
Israel,83.0,16.2,13.0,40187,0.919,19
Japan,84.6,15.2,12.9,42932,0.919,19
Liechtenstein,80.7,14.9,12.5,131032,0.919,19
Brunei Darussalam,75.9,14.3,9.1,63965,0.838,47
Malaysia,76.2,13.7,10.4,27534,0.810,62
Thailand,77.2,15.0,7.9,17781,0.777,79
Indonesia,71.7,13.6,8.2,11459,0.718,107
Philippines,71.2,13.1,9.4,9778,0.718,107
Viet Nam,75.4,12.7,8.3,7433,0.704,117
Lao People's Democratic Republic,67.9,11.0,5.3,7413,0.613,137
Timor-Leste,69.5,12.6,4.8,4440,0.606,141
Cambodia,69.8,11.5,5.0,4246,0.594,144
Myanmar,67.1,10.7,5.0,4961,0.583,147
Niger,62.4,6.5,2.1,1201,0.394,189
\.

CREATE TEMP TABLE computed AS
SELECT unit AS country, score
FROM index_scores((SELECT score_matrix_agg(country, to_jsonb(c) - '{country,published_hdi,published_rank}'::text[]) FROM country AS c),
	'hdi [method geometric] { health { life_expectancy }, education { expected_schooling, mean_schooling }, income { gni_per_capita } }',
	'normalise goalposts 20 85 to 0 1 on (life_expectancy); normalise goalposts 0 18 to 0 1 on (expected_schooling);
		normalise goalposts 0 15 to 0 1 on (mean_schooling); normalise log_goalposts 100 75000 to 0 1 on (gni_per_capita)')
WHERE depth = 0;

SELECT country, round(score::numeric, 3) AS hdi, score_rank(score, digits => 3) OVER () AS rank FROM computed ORDER BY rank LIMIT 5;
SELECT format('Human Development Index 2019: %s of %s equal at 3 digits, %s within 0.001; %s of the places in this list within 1',
	count(*) FILTER (WHERE round(score::numeric, 3) = published_hdi), count(*), count(*) FILTER (WHERE abs(round(score::numeric, 3) - published_hdi) <= 0.001),
	count(*) FILTER (WHERE abs(rank - place) <= 1)) AS match
FROM (SELECT c.score, published_hdi, score_rank(score, digits => 3) OVER () AS rank, score_rank(published_hdi) OVER () AS place FROM computed AS c JOIN country AS p USING (country)) AS figures;
