-- Academic Ranking of World Universities 2015: the first hundred.
--
-- Source: ShanghaiRanking Consultancy, Academic Ranking of World Universities 2015,
-- https://www.shanghairanking.com/rankings/arwu/2015: scores of the six
-- indicators, total score and rank, as published (one decimal).
-- Method: alumni 10 %, award 20, highly cited researchers 20, papers in Nature
-- and Science 20, papers indexed 20, per capita 10; the best becomes 100. Where
-- papers in Nature and Science do not apply (institutions of humanities and
-- social sciences) the others share their weight.
--
-- Run:  psql -d your_database -f arwu_2015.sql

\set QUIET on
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
\pset pager off
CREATE EXTENSION IF NOT EXISTS parindex;
SET search_path = pg_temp, parindex, public;

CREATE TEMP TABLE university (university text PRIMARY KEY, alumni float8, award float8, hici float8, ns float8, pub float8, pcp float8, total_score numeric, world_rank text);
COPY university FROM stdin WITH (FORMAT csv);
"Harvard University",100.0,100.0,100.0,100.0,100.0,76.6,100.0,1
"Stanford University",40.7,89.6,80.1,70.1,70.6,53.8,73.3,2
"Massachusetts Institute of Technology (MIT)",68.2,80.7,60.6,73.1,61.1,68.0,70.4,3
"University of California, Berkeley",65.1,79.4,66.1,65.6,67.9,56.5,69.6,4
"University of Cambridge",77.1,96.6,50.8,55.6,66.4,55.8,68.8,5
"Princeton University",53.3,93.4,57.1,43.0,42.4,70.3,61.0,6
"California Institute of Technology",49.5,66.7,49.3,56.4,44.0,100.0,59.6,7
"Columbia University",63.5,65.9,52.1,51.9,68.8,33.2,58.8,8
"University of Chicago",59.8,86.3,49.0,42.9,49.8,42.0,57.1,9
"University of Oxford",49.7,54.9,52.3,51.9,70.9,43.1,56.6,10
"Yale University",47.6,50.4,51.0,58.8,63.0,37.8,54.5,11
"University of California, Los Angeles",29.5,47.1,52.3,47.2,70.7,31.6,50.7,12
"Cornell University",42.0,49.8,50.4,45.3,59.9,40.2,50.5,13
"University of California, San Diego",19.2,35.5,56.6,55.1,62.9,36.6,48.7,14
"University of Washington",21.2,31.6,53.0,51.7,71.9,29.3,47.8,15
"Johns Hopkins University",37.7,33.6,44.0,44.9,70.2,28.8,46.3,16
"University of Pennsylvania",31.6,33.8,49.6,39.6,67.7,37.4,46.1,17
"University College London",28.1,36.2,38.5,40.6,71.7,32.7,44.5,18
"University of California, San Francisco",0.0,39.9,46.8,53.5,59.5,34.9,44.5,18
"Swiss Federal Institute of Technology Zurich",29.5,35.5,38.4,45.9,55.7,46.3,43.7,20
"The University of Tokyo",30.8,14.1,41.9,48.6,70.8,28.8,42.0,21
"University of Michigan-Ann Arbor",34.4,0.0,56.2,41.3,75.9,25.6,41.7,22
"The Imperial College of Science, Technology and Medicine",14.5,35.8,44.2,34.5,62.0,38.0,41.5,23
"University of Wisconsin - Madison",30.8,34.8,40.2,35.7,62.5,24.6,41.1,24
"University of Toronto",19.9,17.2,38.8,38.6,79.1,29.3,40.6,25
"Kyoto University",31.6,37.2,33.6,32.6,59.0,23.5,38.9,26
"New York University",28.1,31.9,35.2,40.3,56.2,23.3,38.8,27
"Northwestern University",15.4,22.1,50.3,37.0,58.1,28.8,38.8,27
"University of Illinois at Urbana-Champaign",29.9,36.2,34.9,32.4,55.5,28.6,38.6,29
"University of Minnesota, Twin Cities",29.5,16.3,47.3,32.5,64.0,26.2,38.5,30
"Duke University",15.4,14.9,50.2,39.0,61.7,23.9,38.0,31
"Washington University in St. Louis",22.9,24.9,40.7,41.8,50.5,26.0,37.4,32
"Rockefeller University",17.0,59.8,30.3,40.9,19.0,39.6,36.5,33
"University of Colorado at Boulder",12.6,34.1,37.1,36.0,45.0,34.2,36.0,34
"University of Copenhagen",21.8,18.8,28.0,34.0,63.2,39.2,35.7,35
"Pierre and Marie  Curie University - Paris 6",33.6,27.4,25.8,29.8,59.2,23.9,35.0,36
"The University of Texas at Austin",16.2,16.3,38.6,37.5,56.0,26.6,34.8,37
"University of California, Santa Barbara",14.5,39.1,38.7,27.5,37.3,38.0,34.6,38
"University of North Carolina at Chapel Hill",8.9,16.3,39.8,33.5,61.2,25.6,34.4,39
"University of British Columbia",15.4,18.8,32.8,32.0,63.0,24.2,34.1,40
"The University of Manchester",18.5,32.6,27.1,26.1,56.2,25.6,33.6,41
"University of Paris-Sud (Paris 11)",30.3,54.3,16.8,17.4,47.3,26.6,33.6,41
"University of Maryland, College Park",19.2,20.0,33.0,31.6,52.7,26.5,32.8,43
"The University of Melbourne",17.0,13.3,28.6,25.3,66.9,30.2,32.3,44
"The University of Texas Southwestern Medical Center at Dallas",18.5,34.5,31.1,35.6,35.8,22.4,32.3,44
"Heidelberg University",19.9,25.3,23.7,29.4,51.7,34.2,32.2,46
"The University of Edinburgh",20.5,24.9,25.8,30.5,51.9,25.9,32.0,47
"Karolinska Institute",22.4,26.6,24.8,23.5,50.8,37.4,31.9,48
"University of Southern California",0.0,31.7,35.6,22.1,53.2,20.3,31.3,49
"University of California, Irvine",0.0,29.3,34.3,28.9,45.3,27.5,31.0,50
"Technical University Munich",34.8,21.6,22.3,23.2,48.3,32.3,30.5,51
"University of Munich",25.6,19.1,20.3,28.9,50.7,32.6,30.3,52
"Vanderbilt University",15.4,29.0,28.4,21.8,51.0,19.0,30.2,53
"University of Zurich",5.1,24.0,27.1,29.0,51.6,25.4,30.1,54
"King's College London",21.2,21.0,29.5,18.2,54.3,25.6,30.0,55
"Utrecht University",22.9,20.0,29.1,25.4,46.0,26.9,29.8,56
"University of California, Davis",0.0,0.0,41.0,33.0,58.0,26.0,29.7,57
"University of Geneva",27.1,28.2,21.4,27.6,38.1,29.4,29.4,58
"University of Oslo",28.1,32.6,15.9,18.2,49.1,26.9,29.4,58
"Pennsylvania State University - University Park",10.3,0.0,41.6,31.6,53.4,22.4,29.3,60
"Carnegie Mellon University",31.6,31.6,28.6,15.2,34.3,34.4,29.2,61
"Purdue University - West Lafayette",13.6,23.1,27.7,25.1,49.0,22.4,29.2,61
"Uppsala University",17.8,27.4,18.4,24.6,49.8,27.1,29.2,61
"McGill University",32.8,0.0,22.8,27.3,59.3,26.8,28.5,64
"Rutgers, The State University of New Jersey - New Brunswick",10.3,18.8,34.5,24.8,44.6,22.9,28.5,64
"University of Bristol",7.3,16.3,25.7,32.4,45.5,29.3,28.3,66
"The Hebrew University of Jerusalem",32.0,28.2,19.6,21.5,37.6,29.1,28.2,67
"The Ohio State University - Columbus",12.6,0.0,38.3,22.8,60.9,18.9,28.2,67
"University of Helsinki",12.6,16.3,25.2,22.4,51.8,31.3,28.2,67
"University of Pittsburgh, Pittsburgh Campus",18.5,0.0,39.8,19.2,59.6,18.3,28.1,70
"Ghent University",5.1,13.3,26.9,18.3,57.5,34.5,27.8,71
"Ecole Normale Superieure - Paris",48.9,28.0,6.2,19.5,26.4,60.5,27.6,72
"Aarhus University",11.5,22.1,12.3,25.8,51.8,31.0,27.3,73
"Boston University",11.5,11.5,29.1,26.3,49.5,21.8,27.3,73
"Brown University",14.5,13.3,26.2,25.1,43.6,32.8,27.0,75
"University of Groningen",0.0,18.8,23.0,21.0,52.6,32.7,27.0,75
"Nagoya University",29.0,25.3,16.8,17.7,44.3,23.1,26.7,77
"Stockholm University",24.1,27.4,18.1,19.4,40.4,25.6,26.7,77
"Technion-Israel Institute of Technology",23.5,37.6,15.2,18.3,33.3,28.2,26.7,77
"The Australian National University",13.6,19.2,24.8,20.1,45.1,29.1,26.7,77
"The University of Queensland",12.6,0.0,22.0,24.0,63.2,29.3,26.7,77
"Leiden University",17.8,9.4,25.7,22.0,46.9,32.9,26.5,82
"University of Florida",17.0,0.0,30.9,21.0,58.7,17.3,26.2,83
"Rice University",16.2,21.7,28.1,22.8,29.2,34.3,26.0,84
"Osaka University",8.9,0.0,31.6,26.7,51.7,21.7,25.7,85
"Moscow State University",41.4,33.0,0.0,7.7,46.4,31.3,25.3,86
"The University of Western Australia",13.6,14.1,24.1,14.5,47.5,28.9,24.9,87
"University of Basel",19.2,16.3,17.4,21.4,39.2,35.0,24.9,87
"University of Strasbourg",25.1,28.8,15.9,19.0,34.6,21.7,24.9,87
"KU Leuven",0.0,0.0,30.1,18.6,56.6,30.4,24.7,90
"University of Arizona",14.5,0.0,27.2,27.5,48.4,20.3,24.7,90
"University of Warwick",0.0,29.8,23.7,14.0,39.3,26.8,24.6,92
"Arizona State University",0.0,20.0,22.2,25.5,42.6,19.1,24.5,93
"University of California, Santa Cruz",0.0,0.0,37.9,33.9,29.0,37.6,24.5,93
"University of Utah",0.0,11.5,26.5,25.5,46.7,18.7,24.5,93
"McMaster University",12.6,18.8,23.2,15.1,44.5,22.5,24.4,96
"University of Bonn",15.4,19.8,17.4,21.1,39.8,25.9,24.3,97
"VU University Amsterdam",0.0,0.0,27.8,18.0,55.5,33.3,24.2,98
"Michigan State University",8.9,0.0,30.7,21.8,50.6,18.9,24.0,99
"Texas A&M University",0.0,0.0,34.3,22.7,49.5,20.9,23.9,100
\.

CREATE TEMP TABLE computed AS
SELECT unit AS university, score
FROM index_scores((SELECT score_matrix_agg(university, to_jsonb(u) - '{university,total_score,world_rank}'::text[]) FROM university AS u),
	'arwu [rescale maximum 100] { alumni: 10, award: 20, hici: 20, ns: 20, pub: 20, pcp: 10 }', '')
WHERE depth = 0;

SELECT university, round(score::numeric, 1) AS score, score_rank(score, digits => 1) OVER () AS rank FROM computed ORDER BY rank LIMIT 5;
SELECT format('Academic Ranking of World Universities 2015: %s of %s scores equal at 1 digit, greatest difference %s; %s of %s ranks equal',
	count(*) FILTER (WHERE round(score::numeric, 1) = total_score), count(*), max(abs(round(score::numeric, 1) - total_score)),
	count(*) FILTER (WHERE rank = published_rank), count(*)) AS match
FROM (SELECT c.score, u.total_score, score_rank(c.score, digits => 1) OVER () AS rank, score_rank(u.total_score) OVER () AS published_rank
	FROM computed AS c JOIN university AS u USING (university)) AS figures;
