-- Scores of PISA 2018 with standard errors (OECD), of 37 and of 38 jurisdictions, and
-- confidence sets for their ranks: reference.csv by a computation of its own, whose
-- critical values by draws have the error critical_se; tau.csv by csranks 1.2.2.9001
-- with 5000 draws. counts.csv: sets of counts by exact binomial tests.
\set reference :abs_srcdir '/data/ranks/reference.csv'
\set estimates :abs_srcdir '/data/ranks/estimates.csv'
\set counts :abs_srcdir '/data/ranks/counts.csv'
\set tau :abs_srcdir '/data/ranks/tau.csv'

CREATE TABLE estimate (dataset text, unit text, score float8, se float8);
CREATE TABLE reference (dataset text, kind text, stepdown bool, type text, coverage float8, unit text, rank int, lower int, upper int, steps int, critical_first float8, critical_last float8, critical_se float8, margin float8);
CREATE TABLE counted ("case" text, kind text, correction text, type text, coverage float8, category text, count bigint, rank int, lower int, upper int);
CREATE TABLE tau_set (dataset text, stepdown bool, coverage float8, tau int, unit text, best bool, worst bool);

SELECT format('COPY %s FROM %L (FORMAT csv, HEADER)', name, file)
FROM (VALUES ('estimate', :'estimates'), ('reference', :'reference'), ('counted', :'counts'), ('tau_set', :'tau')) AS t (name, file)
\gexec
-- A dataset's estimates, in the order of their codes; lower and upper are sides as they are.
CREATE VIEW league AS
SELECT dataset, array_agg(unit ORDER BY unit COLLATE "C") AS units, array_agg(score ORDER BY unit COLLATE "C") AS scores,
	array_agg(se ORDER BY unit COLLATE "C") AS ses
FROM estimate GROUP BY dataset;

CREATE VIEW variant AS
SELECT DISTINCT dataset, kind, stepdown, type, coverage, CASE type WHEN 'two-sided' THEN 'two' ELSE type END AS side FROM reference;
