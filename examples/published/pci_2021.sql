-- Provincial Competitiveness Index of Viet Nam 2021: 21 provinces.
--
-- Source: Vietnam Chamber of Commerce and Industry and USAID, The Vietnam Provincial
-- Competitiveness Index 2021, https://pcivietnam.vn: ten sub-indices (1 to 10),
-- score (0 to 100) and rank, as published.
-- Method: weighted mean of the sub-indices, times ten. They are rounded as
-- published, so that a score may differ by 0.02.
--
-- Run:  psql -d your_database -f pci_2021.sql

\set QUIET on
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
\pset pager off
CREATE EXTENSION IF NOT EXISTS parindex;
SET search_path = pg_temp, parindex, public;

CREATE TEMP TABLE province (province text PRIMARY KEY, entry float8, land float8, transparency float8, time float8, informal float8, policy_bias float8, proactivity float8, business_support float8, labour float8, law float8, published_score numeric, published_rank int);
COPY province FROM stdin WITH (FORMAT csv);
Quảng Ninh,7.98,7.39,6.31,8.52,7.85,6.96,7.74,7.39,7.27,7.91,73.02,1
Hải Phòng,6.52,6.77,6.82,7.64,6.70,6.02,7.73,7.49,7.17,7.21,70.61,2
Đồng Tháp,7.73,7.26,6.94,8.35,8.11,6.96,7.27,6.53,6.42,7.68,70.53,3
Đà Nẵng,6.94,7.51,6.30,7.46,7.29,5.92,7.01,7.57,7.15,7.33,70.42,4
Vĩnh Phúc,7.02,7.56,5.63,8.46,8.05,7.07,7.20,7.11,6.81,7.78,69.69,5
Bình Dương,6.38,7.21,6.98,8.01,7.06,6.36,6.74,7.64,6.37,6.47,69.61,6
Bắc Ninh,6.53,7.14,6.39,8.47,7.27,6.29,7.27,7.27,6.74,7.06,69.45,7
TT-Huế,7.02,7.05,6.47,8.29,7.95,6.39,7.06,6.94,6.49,7.16,69.24,8
BRVT,6.48,7.01,6.07,8.00,7.23,6.52,6.77,7.81,6.56,7.08,69.03,9
Hà Nội,6.57,6.60,5.21,8.45,7.15,5.38,6.92,7.74,7.64,6.60,68.60,10
Bình Định,7.03,6.97,6.23,8.14,7.42,6.41,7.62,7.13,6.21,7.35,68.32,11
Cần Thơ,6.85,7.43,6.03,6.24,7.71,5.58,7.55,7.64,6.24,7.43,68.06,12
Hải Dương,7.24,7.37,5.43,7.23,7.24,8.38,8.24,6.56,6.64,7.83,67.65,13
TP.HCM,6.16,6.98,5.45,7.58,6.38,6.09,6.22,8.54,6.71,6.39,67.50,14
Lâm Đồng,7.63,7.28,5.57,6.55,6.77,7.19,6.43,7.34,6.53,7.99,67.17,15
Long An,7.10,7.49,5.93,8.13,7.27,5.56,7.40,7.54,5.44,7.30,66.58,16
An Giang,6.44,6.40,6.48,7.06,7.30,4.82,7.18,7.35,5.81,7.87,66.48,17
Bến Tre,7.29,6.76,6.24,7.89,7.40,5.94,7.13,7.31,5.39,7.13,66.34,18
Quảng Nam,7.05,7.16,5.32,7.79,7.48,6.63,6.55,7.06,6.24,7.87,66.24,19
Phú Thọ,7.37,7.01,6.10,7.70,6.45,4.94,7.18,7.21,6.21,7.02,66.11,20
Bình Thuận,5.79,6.98,6.93,7.25,6.97,5.52,7.04,7.69,5.14,6.35,65.96,21
\.

CREATE TEMP TABLE computed AS
SELECT unit AS province, score
FROM index_scores((SELECT score_matrix_agg(province, to_jsonb(p) - '{province,published_score,published_rank}'::text[]) FROM province AS p),
	'pci { entry: 5, land: 5, transparency: 20, time: 5, informal: 10, policy_bias: 5, proactivity: 5, business_support: 20, labour: 20, law: 5 }', 'normalise scaled 0 10')
WHERE depth = 0;

SELECT province, round(score::numeric, 2) AS score, score_rank(score, digits => 2) OVER () AS rank FROM computed ORDER BY rank LIMIT 5;
SELECT format('Provincial Competitiveness Index 2021: %s of %s scores equal at 2 digits, %s within 0.02; %s of the places in this list equal',
	count(*) FILTER (WHERE round(score::numeric, 2) = published_score), count(*), count(*) FILTER (WHERE abs(round(score::numeric, 2) - published_score) <= 0.02),
	count(*) FILTER (WHERE rank = place)) AS match
FROM (SELECT c.score, published_score, score_rank(score, digits => 2) OVER () AS rank, score_rank(published_score) OVER () AS place FROM computed AS c JOIN province USING (province)) AS figures;
