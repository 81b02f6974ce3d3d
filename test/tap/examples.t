# The examples run and say what their sources published.
use strict;
use warnings;
use utf8;
use lib 'test/tap/lib';
use Database;
use Test::More;

create_database('pci');
sql('pci', 'CREATE EXTENSION parindex');
for my $run ('first', 'second')
{
	my ($status, $out, $err) = run('', qw(sh -c), 'cd examples/pci && psql -X -d pci -f pci.sql');
	is($status, 0, "pci.sql runs, $run time") or diag($err);
	is($err, '', 'without a warning');
	like($out, qr/│ 2019 │ +22 │ +0\.02 │ identical │/, '2019 as published');
	like($out, qr/│ 2021 │ +21 │ +0\.02 │ identical │/, '2021 as published');
}
is(
	sql('pci', 'SELECT count(*), max(abs(difference)) <= 0.02, bool_and(rank = listed) FROM pci.ranking'),
	'43|t|t', 'scores within 0.02, order identical');
is(
	sql('pci', 'SELECT DISTINCT published_rank - rank FROM pci.ranking ORDER BY 1'),
	"0\n1", 'ranks differ only by the province of 2019 not listed');

sql('postgres', 'DROP DATABASE pci');

create_database('hdi');
sql('hdi', 'CREATE EXTENSION parindex');
my ($status, $out, $err) = run('', qw(sh -c), 'cd examples/hdi && psql -X -d hdi -f hdi.sql');
is($status, 0, 'hdi.sql runs') or diag($err);
is($err, '', 'without a warning');
like($out, qr/│ +32 │ +0\.001 │ +1 │/, 'the HDI as published');
is(
	sql('hdi', 'SELECT count(*), max(abs(hdi - published_hdi)) <= 0.001, max(abs(rank - listed)) <= 1 FROM hdi.ranking'),
	'32|t|t', 'scores within 0.001, ranks within one place');
sql('postgres', 'DROP DATABASE hdi');

# The round is made up; what was published of it is not.
create_database('quang_ninh');
sql('quang_ninh', 'CREATE EXTENSION parindex');
for my $run ('first', 'second')
{
	($status, $out, $err) = run('', qw(sh -c),
		'cd examples/quang_ninh_2019 && psql -X -d quang_ninh -f quang_ninh_2019.sql');
	is($status, 0, "quang_ninh_2019.sql runs, $run time") or diag($err);
	is($err, '', 'without a warning');
	like($out, qr/ALL FIGURES ARE MADE UP/, 'and says that it is made up');
	like($out, qr/│ Cục Hải quan tỉnh Quảng Ninh │ 93\.66 │ +93\.66 │ +1 │ +1 │/, 'computed as published');
	unlike($out, qr/NOT VERIFIED/, 'seals are verified');
	unlike($out, qr/^.{121}/m, 'in 120 columns');
}

# of_round(query) -> its output, of the schema of the round
sub of_round
{
	return sql('quang_ninh', "SET search_path = quang_ninh, parindex; $_[0]");
}

is(of_round(<<'SQL'), "93.66|1|11", 'Customs: 93.66, first of eleven');
SELECT round(index_published, 2), rank, rank_of
FROM ranking
WHERE year = 2019 AND agency_code = 'HQ' AND index_percent = 93.66
SQL
is(of_round(<<'SQL'), "central_2019|8|43|95\ndepartment_2019|8|43|95", 'domains, criteria, sub-criteria');
SELECT s.code, count(*) FILTER (WHERE depth = 1), count(*) FILTER (WHERE depth = 2), count(*) FILTER (WHERE depth = 3)
FROM criterion_tree
JOIN criteria_set AS s USING (set_id)
WHERE s.code LIKE '%2019'
GROUP BY s.code
ORDER BY s.code
SQL
is(of_round(<<'SQL'), "6/2 4/6 5/19 4/12 9/16 4/15 5/17 6/8", 'criteria and sub-criteria by domain');
SELECT string_agg(criteria || '/' || parts, ' ' ORDER BY sort_order)
FROM (
	SELECT d.sort_order, count(*) FILTER (WHERE t.depth = 2) AS criteria, count(*) FILTER (WHERE t.depth = 3) AS parts
	FROM criterion_tree AS t
	JOIN criterion AS d ON d.criterion_id = t.domain_id
	JOIN criteria_set AS s ON s.set_id = t.set_id
	WHERE s.code = 'central_2019'
	GROUP BY d.criterion_id
) AS domain
SQL
is(of_round('SELECT count(*), count(DISTINCT code) FROM action_status WHERE year = 2019'), '46|46', 'solutions');
is(of_round(<<'SQL'), "collective|2\nindividual|2", 'awards');
SELECT kind, count(*) FROM award_list WHERE year = 2019 GROUP BY kind ORDER BY kind
SQL
is(of_round(<<'SQL'), "8|t", 'publications verified');
SELECT count(*), bool_and(passed)
FROM publication_history AS h
CROSS JOIN LATERAL verify_publication(h.publication_id)
SQL
is(of_round(<<'SQL'), "31|t", 'contributions add up to the change of every index');
SELECT count(*), bool_and(total = change)
FROM (
	SELECT max(change) FILTER (WHERE code = 'index') AS change, sum(contribution_to_change) AS total
	FROM year_on_year
	WHERE year = 2019 AND basis = 'published'
	GROUP BY agency_id
) AS agency
WHERE change IS NOT NULL
SQL
is(of_round(<<'SQL'), "not_submitted|1\nranked|30\nunranked|1", 'nobody is left out');
SELECT participation_status, count(*) FROM ranking WHERE year = 2019 GROUP BY 1 ORDER BY 1
SQL
is(of_round(<<'SQL'), "32|t", 'points that leaves lose add up to what every sheet loses');
SELECT count(*), bool_and(lost = max_points - points)
FROM ranking AS r
JOIN (
	SELECT round_id, agency_id, sum(points_lost) AS lost
	FROM criterion_score
	WHERE is_leaf
	GROUP BY round_id, agency_id
) AS sheet USING (round_id, agency_id)
WHERE year = 2019
SQL
is(of_round(<<'SQL'), "missing|O\nnot_applicable|M\nobserved|A", 'what is missing is told from what cannot be');
SELECT DISTINCT status, obs_status FROM criterion_score ORDER BY 1
SQL

# The published result, against the file it came from.
for my $line (grep { /^[0-9]/ } split /\n/, slurp('examples/quang_ninh_2019/published.csv'))
{
	my ($year, $agency, $group, $index, $rank) = split /,/, $line;
	is(of_round("SELECT index_published = $index, rank FROM ranking WHERE year = $year AND agency_code = '$agency'"),
		"t|$rank", "$agency $year as in published.csv");
}

sql('postgres', 'DROP DATABASE quang_ninh');
done_testing();
