-- The survey example: a stratified cluster sample of 595 respondents, one with
-- two stages of 111, and the answers that other software (R survey 4.1) gave.
-- Regression tests include it by
--
--	 \getenv abs_srcdir PG_ABS_SRCDIR
--	 \set load :abs_srcdir '/data/survey/load.sql'
--	 \set ECHO none
--	 \i :load
--	 \set ECHO all
--
-- It makes temporary tables:
--	 survey_respondent(respondent, stratum, psu, weight, fpc_psu, agency, sex, age, q1, q2, q3, minutes)
--		NULL is no answer; fpc_psu: PSUs in the stratum's population
--	 survey_two_stage(respondent, stratum, psu, ssu, fpc_psu, fpc_ssu, weight, q1, minutes, agency)
--		every respondent is a second-stage unit; fpc_ssu: of these in the PSU's population
--	 survey_raked(respondent, weight)	weights of survey_respondent after raking
--	 survey_answer(file, "case", stat, value)	from expected, expected_more and
--		two_stage_expected: file without .csv
\set survey_lines `cd "$PG_ABS_SRCDIR/data/survey" && grep '' *.csv`

-- Fields from the first on; a case may hold commas of its own.
CREATE TEMP TABLE survey_line AS
SELECT
	split_part(line, '.csv:', 1) AS file,
	row_number() OVER (PARTITION BY split_part(line, '.csv:', 1) ORDER BY n) AS number,
	string_to_array(substr(line, strpos(line, '.csv:') + 5), ',', '') AS field
FROM string_to_table(:'survey_lines', E'\n') WITH ORDINALITY AS lines(line, n);

CREATE TEMP TABLE survey_respondent AS
SELECT field[1]::int AS respondent, field[2]::bigint AS stratum, field[3]::bigint AS psu,
	field[4]::float8 AS weight, field[5]::bigint AS fpc_psu,
	field[6] AS agency, field[7] AS sex, field[8] AS age,
	field[9]::float8 AS q1, field[10]::float8 AS q2, field[11]::float8 AS q3,
	field[12]::float8 AS minutes
FROM survey_line
WHERE file = 'input' AND number > 1
ORDER BY number;

CREATE TEMP TABLE survey_two_stage AS
SELECT field[1]::int AS respondent, field[2]::bigint AS stratum, field[3]::bigint AS psu,
	field[4]::bigint AS ssu, field[5]::bigint AS fpc_psu, field[6]::bigint AS fpc_ssu,
	field[7]::float8 AS weight, field[8]::float8 AS q1, field[9]::float8 AS minutes,
	field[10] AS agency
FROM survey_line
WHERE file = 'two_stage_input' AND number > 1
ORDER BY number;

CREATE TEMP TABLE survey_raked AS
SELECT field[1]::int AS respondent, field[2]::float8 AS weight
FROM survey_line
WHERE file = 'raked_weights' AND number > 1
ORDER BY number;

CREATE TEMP TABLE survey_answer AS
SELECT file,
	array_to_string(field[:array_length(field, 1) - 2], ',') AS "case",
	field[array_length(field, 1) - 1] AS stat,
	field[array_length(field, 1)]::float8 AS value
FROM survey_line
WHERE file IN ('expected', 'expected_more', 'two_stage_expected') AND number > 1
ORDER BY file, number;
