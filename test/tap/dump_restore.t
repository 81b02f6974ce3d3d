# Stored values of the extension's types survive pg_dump and restore, in each
# format, with indexes on them and views over them.
use strict;
use warnings;
use utf8;
use lib 'test/tap/lib';
use Database;
use File::Temp;
use Test::More;

# How each type's values arise: from groups that hold ordinary and extreme
# numbers, infinities, NaN, missing values, and nothing.
my %made_by = (
	score_stats      => 'SELECT g, parindex.score_stats(x, w) FROM double_input GROUP BY g',
	decimal_stats    => 'SELECT g, parindex.decimal_stats(n, m) FROM decimal_input GROUP BY g',
	score_counts     => q{SELECT g, parindex.score_counts(x, 2) FROM double_input WHERE abs(x) < 1e10 OR abs(x) = 'Infinity' GROUP BY g},
	score_list       => 'SELECT g, parindex.top_scores(3, unit, x) FROM double_input GROUP BY g',
	weighted_sums    => 'SELECT g, collect_weighted_sums(x, w) FROM double_input GROUP BY g',
	weighted_moments => 'SELECT g, collect_weighted_moments(x, w) FROM double_input GROUP BY g',
	scoring_rule     => 'SELECT g, rule::parindex.scoring_rule FROM rule_input',
	framework        => 'SELECT g, tree FROM framework_input',
	pipeline         => q{SELECT g, p::parindex.pipeline FROM (VALUES (1, ''), (2, 'impute group_mean; transform log1p on ("mã số"); treat winsorise 3 then log; normalise minmax 1 100')) AS t (g, p)},
	fitted_pipeline  => q{SELECT f.g, parindex.fit(m, tree, 'impute mean; normalise percentile_rank on (one); normalise minmax')
		FROM framework_input AS f, (SELECT parindex.score_matrix_agg(unit, code, p::float8, part) AS m FROM cell_input WHERE g = 1) AS c},
	score_matrix     => 'SELECT g, parindex.score_matrix_agg(unit, code, x, part, g, status) FROM cell_input GROUP BY g',
	index_scores     => q{SELECT c.g * 10 + f.g, parindex.index_scores_agg(tree, code, x, status)
		FROM cell_input AS c, framework_input AS f WHERE unit = 'a' GROUP BY 1},
	index_points     => q{SELECT c.g * 10 + f.g, parindex.index_points_agg(tree, code, p, status)
		FROM cell_input AS c, framework_input AS f WHERE unit = 'a' GROUP BY 1},
	survey_stats     => q{SELECT g, parindex.survey_stats(x, w, g, length(unit)) FILTER (WHERE abs(x) < 'Infinity')
		FROM double_input GROUP BY g},
	survey_cov_stats => q{SELECT g, parindex.survey_cov_stats(ARRAY[x, w], w, 'No ' || g, left(unit, 6), unit)
		FROM double_input WHERE abs(x) < 'Infinity' AND (g > 9 OR length(unit) < 7) GROUP BY g},
	survey_quantile_stats => q{SELECT g, parindex.survey_quantile_stats(x, w, 'No ' || g, left(unit, 6))
		FROM double_input WHERE abs(x) < 'Infinity' AND (g > 9 OR length(unit) < 7) GROUP BY g},
	survey_design    => q{SELECT g, parindex.survey_design_agg('"' || unit, 3, nullif(g, 25), 'x', 2, NULL)
		FROM double_input WHERE g > 9 GROUP BY g},
);

my $input = <<'SQL';
CREATE TABLE double_input (g int, unit text, x float8, w float8);
INSERT INTO double_input
SELECT i % 10, 'unit ' || i, sin(i) * 10 ^ (i % 17), 1 + i % 7
FROM generate_series(1, 1000) AS i;
INSERT INTO double_input VALUES
	(20, 'a', 1.7976931348623157e308, 1), (20, 'b', 1.7976931348623157e308, 3), (20, 'c', -1e308, 1),
	(21, 'a', 5e-324, 0.5), (21, 'b', 5e-324, 5e-324), (21, 'c', -0.0, 1),
	(22, 'a', 'Infinity', 1), (22, 'b', 1, 1), (23, 'a', 'NaN', 1), (23, 'b', '-Infinity', 2),
	(24, 'a', NULL, 1), (24, 'b', NULL, NULL), (25, 'Đồng Tháp, "x" \ {y}', 0.1, 0);
CREATE TABLE decimal_input (g int, n numeric, m numeric);
INSERT INTO decimal_input
SELECT i % 10, (i * 7919 % 10007) / 10.0 ^ (i % 13), 1 + i % 7
FROM generate_series(1, 1000) AS i;
INSERT INTO decimal_input VALUES
	(20, 1e300, 1), (20, -1e-300, 2), (21, 'NaN', 1), (22, 'Infinity', 1), (22, '-Infinity', 1),
	(24, NULL, 1), (24, NULL, NULL), (25, 0.10, 0);

CREATE TABLE rule_input (g int PRIMARY KEY, rule text);
INSERT INTO rule_input VALUES
	(1, '>0.9: 2, >=0.7: 1, else 0'), (2, 'ratio from 50% to 100%, max 3, if none: full'),
	(3, '1 less 0.25 per occurrence'), (4, 'log goalposts from 100 to 75000, max 1'),
	(5, 'distance to unit "Hà Nội", max 10'), (6, NULL);
CREATE TABLE framework_input (g int PRIMARY KEY, tree parindex.framework);
INSERT INTO framework_input VALUES
	(1, 'top { one: 2 [max 50], two: 1 [direction -1, max 30.5] }'),
	(2, 'top [method power, power 0.5] {
		"một ""1""": 1 [missing zero, min_share 0.66] { one: 0.1 [max 1] },
		two: 1 [max 2, rule "yes: 1, no: 0"] }');
CREATE TABLE cell_input (g int, unit text, code text, x float8, p numeric, part text, status text);
INSERT INTO cell_input VALUES
	(1, 'a', 'one', 0.1, 0.1, 'p', 'observed'), (1, 'a', 'two', 1.25, 1.250, 'p', 'observed'),
	(1, 'Đồng Tháp, "x" \ {y}', 'one', 5e-324, 1, NULL, 'observed'),
	(1, 'Đồng Tháp, "x" \ {y}', 'two', 1.7976931348623157e308, 2, NULL, 'observed'),
	(2, 'a', 'one', NULL, NULL, 'q', 'missing'), (2, 'a', 'two', NULL, NULL, 'q', 'not_applicable');

-- States that no function of the extension returns, as they are while at work.
CREATE AGGREGATE collect_weighted_sums(float8, float8) (
	SFUNC = parindex.weighted_sums_add, STYPE = parindex.weighted_sums);
CREATE AGGREGATE collect_weighted_moments(float8, float8) (
	SFUNC = parindex.weighted_moments_add, STYPE = parindex.weighted_moments);
SQL

create_database('origin');
sql('origin', "CREATE EXTENSION parindex; $input");

my @types = split /\n/, sql('origin', <<'SQL');
SELECT t.typname
FROM pg_depend AS d
JOIN pg_type AS t ON d.classid = 'pg_type'::regclass AND d.objid = t.oid
WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
	AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'parindex')
	AND t.typtype = 'b' AND t.typcategory <> 'A'
ORDER BY 1
SQL

# Census of a database: of every table a fingerprint of its rows' exact text,
# the dependent view's, and the state of the indexes.
sub census
{
	my ($database) = @_;

	return join "\n", sql($database, 'SELECT parindex.version()'),
		sql($database, "SELECT indexrelid::regclass, indisvalid FROM pg_index
			WHERE indrelid::regclass::text LIKE 'stored_%' ORDER BY indexrelid::regclass::text"),
		map { sql($database, <<"SQL") } @types;
SELECT '$_', count(*), count(value), md5(string_agg(g || ' ' || value, E'\\n' ORDER BY g)) FROM stored_$_
UNION ALL
SELECT '$_ seen', count(*), count(value), md5(string_agg(g || ' ' || value, E'\\n' ORDER BY g)) FROM seen_$_
SQL
}

for my $type (@types)
{
	ok(exists $made_by{$type}, "this test knows how values of type $type arise") or next;
	sql('origin', <<"SQL");
CREATE TABLE stored_$type (g int PRIMARY KEY, value parindex.$type);
INSERT INTO stored_$type $made_by{$type};
CREATE VIEW seen_$type AS SELECT made.g, made.value FROM ($made_by{$type}) AS made (g, value);
SQL
	# Equality classes exist for the states, so they can be indexed.
	sql('origin', "CREATE INDEX stored_${type}_value ON stored_$type (value)")
		if sql('origin', "SELECT EXISTS (SELECT FROM pg_opclass
			WHERE opcintype = 'parindex.$type'::regtype AND opcdefault
			AND opcmethod = (SELECT oid FROM pg_am WHERE amname = 'btree'))") eq 't';
}
@types = grep { exists $made_by{$_} } @types;

# ---- pg_dump ----------------------------------------------------------------

my $expected = census('origin');
my $dumps = File::Temp->newdir;
my ($status, $plain, $err) = run('', qw(pg_dump -d origin));
is($status, 0, 'pg_dump') or diag($err);
my @definitions = $plain =~ /^CREATE \w+ (?:\w+ )?parindex\b(?!;).*/mg;
is_deeply(\@definitions, [], 'what the extension owns is not dumped');

create_database('restored');
($status, undef, $err) = run($plain, qw(psql -X -q -v ON_ERROR_STOP=1 -d restored));
is($status, 0, 'plain text restores') or diag($err);
is(census('restored'), $expected, 'and is the same');

for my $format ('custom', 'directory')
{
	($status, undef, $err) = run('', qw(pg_dump -d origin --format), $format, '-f', "$dumps/$format");
	is($status, 0, "pg_dump --format $format") or diag($err);
	create_database('restored');
	($status, undef, $err) = run('', qw(pg_restore --exit-on-error -d restored), "$dumps/$format");
	is($status, 0, "$format restores") or diag($err);
	is(census('restored'), $expected, 'and is the same');
}

# ---- binary COPY ------------------------------------------------------------

for my $type (@types)
{
	($status, my $copied, $err) = run('', qw(sh -c),
		"psql -X -q -d origin -c 'COPY stored_$type TO STDOUT (FORMAT binary)' > $dumps/copy &&
		psql -X -q -d restored -v ON_ERROR_STOP=1 -c 'TRUNCATE stored_$type' \\
			-c 'COPY stored_$type FROM STDIN (FORMAT binary)' < $dumps/copy");
	is($status, 0, "binary COPY of $type") or diag($err);
}
is(census('restored'), $expected, 'and is the same');

sql('postgres', "DROP DATABASE $_") for qw(origin restored);
done_testing();
