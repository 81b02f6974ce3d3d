-- The Human Development Index (HDI) of 2019, computed from its four indicators.
--
-- Source: United Nations Development Programme, Human Development Report 2020,
-- table 1: life expectancy at birth (years), expected and mean years of
-- schooling, gross national income (GNI) per capita (2017 PPP $), and the HDI
-- and rank as published; rounded as published. The file holds 32 of the 189
-- countries: those ranked 1 to 19, South-East Asia, and the last.
-- Method: the report's technical note 1. Each indicator is brought to 0 .. 1
-- between fixed goalposts; education is the arithmetic mean of its two
-- indicators, the index the geometric mean of its three dimensions.
--
-- Run in this folder, in a database that has the extension:
--     psql -d your_database -f hdi.sql

\set QUIET on
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
\pset pager off

-- Data -----------------------------------------------------------------------

DROP SCHEMA IF EXISTS hdi CASCADE;
CREATE SCHEMA hdi;
SET search_path = hdi, parindex;

CREATE TABLE country (
	country             text PRIMARY KEY,
	life_expectancy     numeric NOT NULL,
	expected_schooling  numeric NOT NULL,
	mean_schooling      numeric NOT NULL,
	gni_per_capita      numeric NOT NULL,
	published_hdi       numeric(4,3) NOT NULL,
	published_rank      int NOT NULL
);

\copy country from 'hdr_2020.csv' with (format csv, header)

-- The index, whole: what is measured, by which goalposts, combined how ----------

CREATE VIEW hdi AS
WITH definition AS (
	SELECT $$
		HDI [method geometric] {
			health: 1 {
				life_expectancy: 1 [rule "goalposts from 20 to 85, max 1"]
			},
			education: 1 {
				expected_schooling: 1 [rule "goalposts from 0 to 18, max 1"],
				mean_schooling: 1 [rule "goalposts from 0 to 15, max 1"]
			},
			income: 1 {
				gni_per_capita: 1 [rule "log goalposts from 100 to 75000, max 1"]
			}
		}
	$$::framework AS framework
),
measured AS (
	SELECT score_matrix_agg(
		country,
		to_jsonb(c) - ARRAY['country', 'published_hdi', 'published_rank']
	) AS matrix
	FROM country AS c
)
SELECT score.*
FROM definition, measured,
	ranked_scores(normalise(matrix, framework, 'goalposts', 0, 1), framework, 3) AS score;

-- One row a country. "listed" is the place by published HDI among the countries
-- of this file.
CREATE VIEW ranking AS
SELECT
	country,
	round(max(score) FILTER (WHERE code = 'health')::numeric, 3) AS health,
	round(max(score) FILTER (WHERE code = 'education')::numeric, 3) AS education,
	round(max(score) FILTER (WHERE code = 'income')::numeric, 3) AS income,
	round(max(score) FILTER (WHERE code = 'HDI')::numeric, 3) AS hdi,
	max(rank) FILTER (WHERE code = 'HDI') AS rank,
	published_hdi,
	published_rank,
	score_rank(published_hdi) OVER () AS listed
FROM hdi
JOIN country ON country = unit
GROUP BY country, published_hdi, published_rank;

-- Result ---------------------------------------------------------------------

\pset border 2
\pset linestyle unicode
\pset footer off

\pset title 'Human Development Index 2019'
SELECT
	rank AS "Rank",
	country AS "Country",
	health AS "Health",
	education AS "Education",
	income AS "Income",
	hdi AS "HDI",
	published_hdi AS "Published",
	hdi - published_hdi AS "Difference",
	published_rank AS "Rank of 189"
FROM ranking
ORDER BY rank, country;

\pset title 'Computed against published'
SELECT
	count(*) AS "Countries",
	max(abs(hdi - published_hdi)) AS "Largest difference",
	max(abs(rank - listed)) AS "Largest difference of ranks"
FROM ranking;

\pset title
\echo 'Differences come from the indicators, published rounded: a thousandth, and with it some ties.'
