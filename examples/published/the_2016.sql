-- Times Higher Education World University Rankings 2015-2016: those with a score.
--
-- Source: Times Higher Education, World University Rankings 2016,
-- https://www.timeshighereducation.com/world-university-rankings/2016: scores of
-- the five areas, overall score and rank, as published (one decimal).
-- Method: teaching 30 %, research 30, citations 30, international outlook 7.5,
-- industry income 2.5. The areas are rounded as published, so that the overall
-- score may differ by a tenth.
--
-- Run:  psql -d your_database -f the_2016.sql

\set QUIET on
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
\pset pager off
CREATE EXTENSION IF NOT EXISTS parindex;
SET search_path = pg_temp, parindex, public;

CREATE TEMP TABLE university (university text PRIMARY KEY, teaching float8, research float8, citations float8, international float8, income float8, total_score numeric, world_rank int);
COPY university FROM stdin WITH (FORMAT csv);
"California Institute of Technology",95.6,97.6,99.8,64.0,97.8,95.2,1
"University of Oxford",86.5,98.9,98.8,94.4,73.1,94.2,2
"Stanford University",92.5,96.2,99.9,76.3,63.3,93.9,3
"University of Cambridge",88.2,96.7,97.0,91.5,55.0,92.8,4
"Massachusetts Institute of Technology",89.4,88.6,99.7,84.0,95.4,92.0,5
"Harvard University",83.6,99.0,99.8,77.2,45.2,91.6,6
"Princeton University",85.1,91.9,99.3,78.5,52.1,90.1,7
"Imperial College London",83.3,88.5,96.7,96.0,53.7,89.1,8
"ETH Zurich – Swiss Federal Institute of Technology Zurich",77.0,95.0,91.1,97.9,80.0,88.3,9
"University of Chicago",85.7,88.9,99.2,65.0,36.6,87.9,10
"Johns Hopkins University",77.6,90.4,98.2,70.0,100.0,87.6,11
"Yale University",86.5,87.8,97.2,64.3,43.3,87.4,12
"University of California, Berkeley",80.4,91.1,99.7,61.9,47.9,87.2,13
"University College London",78.1,91.0,94.2,94.4,40.5,87.1,14
"Columbia University",85.9,82.2,98.1,73.5,,86.1,15
"University of California, Los Angeles",80.8,88.6,98.5,56.4,47.9,85.8,16
"University of Pennsylvania",82.0,86.9,98.6,49.5,47.9,85.2,17
"Cornell University",77.9,86.1,97.2,63.9,33.7,84.0,18
"University of Toronto",75.9,89.3,90.9,77.8,49.1,83.9,19
"Duke University",76.0,78.0,99.0,56.5,100.0,82.7,20
"University of Michigan",76.8,85.2,94.4,53.7,56.3,82.4,21
"Carnegie Mellon University",67.4,88.8,99.1,57.1,57.5,82.3,22
"London School of Economics and Political Science",69.8,80.6,94.3,93.6,32.2,81.3,23
"University of Edinburgh",68.6,77.2,96.3,89.8,36.1,80.3,24
"Northwestern University",69.8,78.4,96.5,53.9,81.2,79.5,25
"National University of Singapore",71.7,84.5,79.4,96.2,49.8,79.2,26
"King’s College London",64.5,75.8,93.8,93.8,40.1,78.2,27
"Karolinska Institute",60.6,81.1,92.2,73.1,75.8,77.5,28
"LMU Munich",70.5,77.4,85.7,62.8,100.0,77.3,29
"New York University",74.7,72.3,95.3,49.3,30.4,77.2,30
"École Polytechnique Fédérale de Lausanne",61.3,67.5,94.6,98.6,65.4,76.1,31
"University of Washington",67.1,70.0,98.6,51.2,43.1,75.6,32
"University of Melbourne",62.0,75.5,86.6,87.1,64.6,75.4,33
"University of British Columbia",60.2,73.2,91.5,90.5,42.6,75.3,34
"KU Leuven",59.9,76.9,87.3,68.6,100.0,74.8,35
"University of Illinois at Urbana-Champaign",64.5,81.2,86.8,45.8,52.8,74.5,36
"Heidelberg University",68.8,69.6,88.2,62.8,68.2,74.4,37
"McGill University",66.1,72.1,78.9,85.5,40.3,72.6,38
"University of California, San Diego",56.9,69.8,98.7,42.9,56.7,72.2,39
"University of California, Santa Barbara",52.6,66.0,99.2,61.5,90.4,72.2,39
"Georgia Institute of Technology",57.8,72.7,86.0,71.5,73.7,72.1,41
"Peking University",77.8,72.4,69.1,49.2,100.0,72.0,42
"University of Tokyo",81.4,83.0,60.9,30.3,50.8,71.1,43
"University of California, Davis",60.1,72.7,84.3,58.4,57.3,71.0,44
"University of Hong Kong",64.6,72.8,70.1,99.5,53.7,71.0,44
"University of Texas at Austin",59.3,69.7,92.2,31.7,63.1,70.3,46
"Tsinghua University",73.3,83.0,58.8,39.5,100.0,70.0,47
"Wageningen University and Research Center",52.6,66.9,87.8,70.3,100.0,70.0,47
"Humboldt University of Berlin",63.7,77.0,73.6,62.6,36.1,69.9,49
"University of Wisconsin-Madison",65.1,68.2,86.6,33.0,48.5,69.7,50
"Brown University",62.8,55.7,96.4,57.8,31.4,69.6,51
"Australian National University",54.7,77.3,72.3,93.3,48.0,69.5,52
"Technical University of Munich",61.0,66.0,80.1,63.8,99.2,69.4,53
"École Normale Supérieure",70.6,47.7,87.1,85.5,37.1,69.0,54
"Nanyang Technological University",48.4,61.3,85.6,94.6,99.9,68.2,55
"University of Manchester",58.4,66.0,77.3,87.0,42.0,68.1,56
"University of Sydney",54.3,68.1,77.5,84.4,72.4,68.1,56
"University of Amsterdam",52.2,64.7,87.4,66.5,62.8,67.8,58
"Hong Kong University of Science and Technology",49.4,66.1,82.6,80.5,68.1,67.2,59
"The University of Queensland",49.2,62.8,82.4,89.3,76.7,67.0,60
"Washington University in St Louis",54.3,55.6,99.2,44.9,33.5,67.0,60
"Utrecht University",48.1,64.3,88.1,55.8,89.1,66.6,62
"University of North Carolina at Chapel Hill",58.0,54.5,95.9,39.0,39.4,66.4,63
"Boston University",57.8,49.5,97.7,51.0,30.3,66.1,64
"Delft University of Technology",55.0,73.8,61.5,84.0,100.0,65.9,65
"University of Minnesota",53.5,61.0,88.0,35.3,98.5,65.9,65
"Leiden University",50.5,63.1,85.2,64.3,49.8,65.7,67
"University of Southern California",49.3,58.9,93.0,56.3,38.0,65.5,68
"University of Bristol",47.6,51.6,91.2,82.4,40.0,64.3,69
"Durham University",47.9,51.9,87.7,86.4,34.4,63.6,70
"Erasmus University Rotterdam",37.2,55.2,95.6,76.1,54.6,63.5,71
"Free University of Berlin",57.9,72.2,60.2,69.2,35.1,63.2,72
"Monash University",48.1,58.5,73.3,87.6,79.7,62.5,73
"University of Groningen",43.3,56.9,84.0,63.9,92.4,62.4,74
"Pennsylvania State University",50.4,61.9,80.5,40.8,56.2,62.3,75
"University of Glasgow",41.6,48.3,92.3,85.8,31.6,61.9,76
"University of Helsinki",48.4,60.4,82.1,51.8,31.6,61.9,76
"University of Tübingen",47.0,59.8,79.3,58.2,59.2,61.7,78
"University of Pittsburgh",50.6,50.3,92.3,33.9,39.3,61.5,79
"University of Warwick",47.4,53.1,78.2,90.3,37.7,61.3,80
"Uppsala University",44.1,61.0,80.9,59.6,39.5,61.2,81
"University of Copenhagen",49.8,42.7,86.2,83.3,45.0,61.0,82
"University of New South Wales",40.7,53.9,82.1,89.5,50.0,61.0,82
"University of Freiburg",47.4,51.1,80.5,60.3,100.0,60.7,84
"Seoul National University",66.5,70.5,50.0,30.9,85.4,60.5,85
"University of St Andrews",49.7,47.3,78.8,92.3,30.6,60.4,86
"Vanderbilt University",47.8,44.2,95.7,29.1,63.2,60.1,87
"Kyoto University",70.6,69.3,46.6,26.1,79.0,59.9,88
"Maastricht University",37.5,47.7,82.7,95.5,95.4,59.9,88
"Emory University",48.3,37.1,96.7,51.0,48.9,59.7,90
"Lund University",39.7,53.6,81.3,74.1,70.4,59.7,90
"Ohio State University",51.6,46.6,83.2,53.0,53.1,59.7,90
"University of Exeter",39.4,40.0,94.3,87.3,31.9,59.5,93
"University of Bonn",45.1,47.5,85.3,63.6,,58.8,94
"Georgetown University",54.4,39.3,82.5,52.7,80.7,58.8,94
"McMaster University",39.8,44.8,84.9,76.1,88.0,58.8,94
"University of Sheffield",42.4,48.8,80.1,81.9,43.4,58.6,97
"Queen Mary University of London",34.1,41.3,93.3,93.5,36.8,58.5,98
"University of Göttingen",49.3,54.5,72.7,56.4,31.8,58.0,99
"Michigan State University",47.3,52.6,76.8,56.4,32.2,58.0,99
"University of Basel",39.5,33.1,88.3,94.7,99.9,57.9,101
"École Polytechnique",53.5,44.6,64.7,92.8,82.3,57.9,101
"Rice University",37.9,35.1,99.7,66.6,41.7,57.9,101
"Dartmouth College",50.7,35.8,93.3,38.3,40.8,57.8,104
"University of Zurich",49.5,31.5,85.4,90.4,44.0,57.8,104
"Aarhus University",36.9,50.7,79.8,76.8,68.3,57.7,106
"University of California, Irvine",39.9,41.8,91.6,59.2,48.9,57.7,106
"University of Mannheim",34.5,47.7,86.9,64.6,85.3,57.7,106
"University of Notre Dame",47.6,48.1,81.7,47.6,33.7,57.6,108
"University of Western Australia",33.4,46.1,83.6,92.6,64.5,57.5,109
"RWTH Aachen University",49.4,56.3,63.2,54.1,98.1,57.2,110
"University of Southampton",39.8,43.6,82.0,88.4,37.5,57.2,110
"Scuola Normale Superiore di Pisa",54.2,53.1,67.2,46.3,52.0,57.1,112
"University of Montreal",46.3,45.5,69.6,84.2,92.6,57.0,113
"Pierre and Marie Curie University",52.8,32.7,82.9,74.1,37.4,57.0,113
"Purdue University",50.2,57.7,63.2,66.4,,57.0,113
"Pohang University of Science and Technology",49.1,47.1,76.7,33.7,100.0,56.9,116
"University of Maryland, College Park",45.0,42.1,88.2,43.5,32.3,56.7,117
"Ghent University",42.1,54.5,71.2,54.2,88.3,56.6,118
"University of Birmingham",39.4,41.8,82.7,82.0,34.7,56.2,119
"University of Bern",40.0,42.5,76.6,83.7,82.9,56.1,120
"University of Cape Town",34.9,38.7,85.6,80.2,92.7,56.1,120
"University of Florida",51.8,56.8,67.7,33.3,,56.1,120
"University of Erlangen-Nuremberg",51.7,39.7,75.2,47.0,99.4,56.0,123
"Rutgers, the State University of New Jersey",43.9,55.7,75.4,34.7,35.9,56.0,123
"University of Münster",40.3,44.1,85.6,46.3,58.2,55.9,125
"Radboud University Nijmegen",34.3,48.5,84.9,60.9,39.2,55.9,125
"University of Colorado Boulder",39.7,37.6,96.4,36.6,35.7,55.8,127
"Tufts University",45.2,33.3,90.1,49.4,60.7,55.8,127
"Royal Holloway, University of London",35.1,33.2,91.2,92.7,34.4,55.7,129
"Lancaster University",34.0,41.4,85.3,87.0,33.6,55.6,130
"University of Geneva",34.9,40.5,78.5,98.5,72.4,55.4,131
"University of York",41.9,46.3,73.1,83.5,31.1,55.4,131
"Case Western Reserve University",46.1,33.2,92.0,40.5,34.1,55.3,133
"University of Leeds",43.7,39.0,79.2,77.4,36.7,55.3,133
"University of Oslo",43.3,44.7,75.5,68.2,38.3,55.1,135
"Stockholm University",34.1,51.2,82.5,48.5,31.1,54.8,136
"University of Alberta",46.4,48.1,63.6,80.7,47.4,54.7,137
"Chinese University of Hong Kong",41.5,48.5,68.4,81.1,37.5,54.5,138
"Karlsruhe Institute of Technology",37.7,47.5,73.8,56.7,99.5,54.5,138
"University of Sussex",33.4,37.2,86.1,88.3,30.6,54.4,140
"University of Massachusetts",40.2,36.3,88.1,48.9,52.2,54.3,141
"University of Vienna",40.8,50.5,63.6,92.6,30.2,54.2,142
"University of Nottingham",40.3,39.0,77.5,80.6,39.8,54.1,143
"University of California, Santa Cruz",31.1,34.2,99.9,45.6,36.1,53.9,144
"University of Lausanne",30.9,45.6,76.2,89.2,56.0,53.9,144
"Autonomous University of Barcelona",40.3,40.0,83.8,50.3,34.9,53.8,146
"University of Virginia",38.8,37.5,87.3,43.4,37.9,53.3,147
"Korea Advanced Institute of Science and Technology (KAIST)",43.3,40.5,75.9,33.9,100.0,53.0,148
"University of Adelaide",32.8,43.2,72.4,85.1,79.3,52.9,149
"University of East Anglia",31.9,28.7,92.7,83.5,28.5,52.9,149
"University of Twente",34.1,45.6,68.8,80.1,91.2,52.9,149
"Sungkyunkwan University (SKKU)",51.4,53.5,53.8,36.7,97.5,52.8,153
"VU University Amsterdam",28.4,37.1,90.7,54.9,60.1,52.5,154
"KTH Royal Institute of Technology",39.0,44.3,63.9,84.4,78.1,52.4,155
"University of Cologne",42.2,38.0,75.0,53.1,68.5,52.3,156
"University of Liverpool",32.8,30.9,85.9,85.4,36.6,52.2,157
"TU Dresden",41.4,45.8,66.1,47.7,99.7,52.1,158
"University of Rochester",39.7,27.9,89.0,55.8,37.0,52.1,158
"Trinity College Dublin",41.9,30.8,75.8,90.5,28.0,52.0,160
"Lomonosov Moscow State University",75.4,66.7,8.6,57.8,95.7,51.9,161
"University of Miami",41.7,22.3,90.1,64.0,35.5,51.9,161
"University of Arizona",38.7,41.8,79.5,38.6,32.4,51.7,163
"Pompeu Fabra University",32.9,28.0,90.7,63.3,37.2,51.2,164
"University of Reading",39.3,37.3,69.9,85.1,34.2,51.2,164
"Yeshiva University",44.8,23.7,92.8,28.5,,51.2,164
"University of California, Riverside",27.5,33.3,91.2,59.5,42.5,51.1,167
"University of Leicester",32.1,27.8,86.0,86.6,31.7,51.1,167
"National Taiwan University",54.1,58.0,47.3,27.7,49.6,51.1,167
"Technical University of Denmark",37.3,29.9,77.8,85.1,50.0,51.1,167
"Université Catholique de Louvain",38.7,40.6,68.4,74.2,51.0,51.1,167
"University of Aberdeen",29.7,31.4,82.6,91.4,43.1,51.0,172
"University of Auckland",31.4,39.5,69.8,90.5,78.0,51.0,172
"University of Barcelona",38.5,37.4,78.9,49.2,31.1,50.9,174
"University of Konstanz",38.5,46.7,61.9,58.3,92.4,50.8,175
"Eindhoven University of Technology",34.3,41.0,70.7,71.3,57.3,50.6,176
"University College Dublin",35.0,38.5,70.8,86.3,33.5,50.6,176
"Hebrew University of Jerusalem",45.8,41.4,64.6,55.6,31.9,50.5,178
"University of Waterloo",35.4,43.9,66.5,74.4,39.5,50.3,179
"University of Gothenburg",28.5,39.8,81.8,58.3,30.3,50.2,180
"Scuola Superiore Sant’Anna",42.5,23.2,84.5,45.2,71.2,50.2,180
"University of Bergen",32.5,31.5,82.4,70.0,36.2,50.1,182
"Cardiff University",30.9,31.6,82.0,78.1,34.6,50.1,182
"University of Utah",35.6,35.3,83.7,30.1,57.4,50.1,182
"Brandeis University",28.3,25.7,97.3,47.0,38.6,49.9,185
"University of Dundee",25.6,26.9,90.2,78.5,49.5,49.9,185
"University of Würzburg",34.6,35.8,79.1,50.9,47.9,49.9,185
"Paris-Sud University",38.7,29.0,79.8,64.2,28.8,49.8,188
"Arizona State University",32.4,38.1,84.6,31.9,32.0,49.7,189
"University of Antwerp",31.6,40.8,71.7,64.8,60.3,49.6,190
"Boston College",34.1,29.3,83.3,60.0,46.8,49.6,190
"Ulm University",35.2,23.9,86.4,58.2,58.4,49.5,192
"University of Luxembourg",25.0,26.7,84.8,99.8,38.1,49.4,193
"Texas A&M University",49.4,52.4,47.1,47.8,46.4,49.4,193
"Charité - Universitätsmedizin Berlin",37.3,22.2,83.8,61.1,68.4,49.3,195
"Newcastle University",30.9,27.5,81.5,84.3,34.7,49.2,196
"St George’s, University of London",25.6,18.1,100.0,69.5,37.7,49.2,196
"University of Trento",30.8,27.4,87.7,55.9,47.1,49.1,198
"Paris Diderot University – Paris 7",30.5,22.9,91.0,64.9,29.0,48.9,199
"Queen’s University Belfast",34.1,33.3,68.9,93.4,35.7,48.8,200
\.

CREATE TEMP TABLE computed AS
SELECT unit AS university, score
FROM index_scores((SELECT score_matrix_agg(university, to_jsonb(u) - '{university,total_score,world_rank}'::text[]) FROM university AS u),
	'the { teaching: 30, research: 30, citations: 30, international: 7.5, income: 2.5 }', '')
WHERE depth = 0;

SELECT university, round(score::numeric, 1) AS score, score_rank(score, digits => 1) OVER () AS rank FROM computed ORDER BY rank LIMIT 5;
SELECT format('Times Higher Education World University Rankings 2016: %s of %s scores equal at 1 digit, %s within 0.1; %s of %s ranks within 2',
	count(*) FILTER (WHERE round(score::numeric, 1) = total_score), count(*), count(*) FILTER (WHERE abs(round(score::numeric, 1) - total_score) <= 0.1),
	count(*) FILTER (WHERE abs(rank - world_rank) <= 2), count(*)) AS match
FROM (SELECT c.score, u.total_score, score_rank(c.score, digits => 1) OVER () AS rank, u.world_rank FROM computed AS c JOIN university AS u USING (university)) AS figures;
