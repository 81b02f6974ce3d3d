# A backend is killed in the middle of publishing, or of a load: the server
# recovers, nothing is half done, and what was tried can be done again.
use strict;
use warnings;
use utf8;
use lib 'test/tap/lib';
use Database;
use Model;
use Test::More;

create_database('crash');
sql('crash', 'CREATE EXTENSION parindex; CALL parindex.create_schema()');
sql('crash', 'SET search_path = par; SET client_encoding = UTF8;' . slurp('test/data/model/fixture.sql') . <<'SQL');
UPDATE round_track SET min_months = 0;
UPDATE assessment_round SET stage = 'verification';
INSERT INTO assessment (track_id, agency_id, criterion_id, set_id, verified_points)
SELECT p.track_id, p.agency_id, c.criterion_id, c.set_id, 10
FROM participation AS p
JOIN round_track AS t ON t.track_id = p.track_id
JOIN criterion AS c ON c.set_id = t.set_id AND c.source = 'self_assessed';
UPDATE assessment_round SET stage = 'closing';
INSERT INTO assessment_load (round_code, agency_code, criterion_code, measured, evidence_url)
SELECT 'r2019', a.code, c.code, a.agency_id, 'https://example.org/'
FROM participation AS p
JOIN agency AS a ON a.agency_id = p.agency_id
JOIN round_track AS t ON t.track_id = p.track_id
JOIN criterion AS c ON c.set_id = t.set_id AND c.source <> 'self_assessed';
CREATE FUNCTION public.wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN NULL; END';
SQL

# until_true(query): waits at most a minute, also for a server that recovers.
sub until_true
{
	my ($query) = @_;

	for (1 .. 600)
	{
		my ($status, $out) = run($query, qw(psql -X -q -A -t -d postgres));
		return 1 if $status == 0 && $out =~ /^t/;
		select(undef, undef, undef, 0.1);
	}
	return 0;
}

# killed_in(statement, event, table): the statement's backend is killed where it
# has just done that to the table; true if it got there, and no further.
sub killed_in
{
	my ($statement, $event, $table) = @_;
	my $waits = "FROM pg_stat_activity WHERE datname = 'crash' AND wait_event = 'PgSleep'";

	sql('crash', "CREATE TRIGGER zz_wait AFTER $event ON par.$table EXECUTE FUNCTION public.wait()");
	my $child = fork() // die "fork: $!\n";
	if ($child == 0)
	{
		open(STDOUT, '>', '/dev/null');
		open(STDERR, '>', '/dev/null');
		exec(qw(psql -X -q -d crash -c), $statement) or die "psql: $!\n";
	}
	my $reached = until_true("SELECT count(*) = 1 $waits");
	my $pid = sql('postgres', "SELECT pid $waits");
	# By the server's own user, who need not be ours.
	run("COPY (SELECT 1) TO PROGRAM 'kill -9 $pid'", qw(psql -X -q -d postgres));
	waitpid($child, 0);
	my $failed = $? != 0;
	ok(until_true('SELECT true'), "killed after $event on $table, the server recovers");
	sql('crash', "DROP TRIGGER zz_wait ON par.$table");
	return $reached && $failed;
}

for my $case (['INSERT', 'assessment'], ['INSERT', 'evidence'], ['DELETE', 'assessment_load'])
{
	my $before = rows('crash', 'par');

	ok(killed_in('SELECT par.apply_load()', @$case), "a load is killed after $case->[0] on $case->[1]");
	same(rows('crash', 'par'), $before, 'nothing is loaded, and all of it still staged');
}
is(sql('crash', 'SELECT par.apply_load()'), '22', 'the load is done again');
is(sql('crash', 'SELECT count(*) FROM par.evidence'), '22', 'with its evidence');

my $publish = "SELECT par.publish(1, '9/Q', '2020-01-15')";
for my $case (['INSERT', 'published_statistic'], ['INSERT', 'publication'], ['UPDATE', 'assessment_round'])
{
	my $before = rows('crash', 'par');

	ok(killed_in($publish, @$case), "publishing is killed after $case->[0] on $case->[1]");
	same(rows('crash', 'par'), $before, 'nothing of it is there, and the round in its stage');
}
my $id = sql('crash', $publish);
is(sql('crash', 'SELECT count(*), max(revision), max(publication_id) FROM par.publication'), "1|1|$id", 'the round is published, as revision 1');
is(sql('crash', "SELECT bool_and(passed) FROM par.verify_publication($id)"), 't', 'and verifies');

done_testing();
