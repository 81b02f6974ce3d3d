# The model goes through pg_dump: all of a database, or its schema alone, into a
# database that has the extension. Every row, view, object and right is the same,
# seals hold, and work goes on.
use strict;
use warnings;
use utf8;
use lib 'test/tap/lib';
use Database;
use File::Temp;
use Model;
use Test::More;

my $dumps = File::Temp->newdir;

sql('postgres', 'DROP ROLE IF EXISTS model_owner, model_guest');
sql('postgres', 'CREATE ROLE model_owner; CREATE ROLE model_guest');
create_database($_) for qw(origin restored);
sql('origin', 'CREATE EXTENSION parindex; GRANT CREATE ON DATABASE origin TO model_owner');
sql('origin', as_owner("CALL parindex.create_schema('par')"));
sql('origin', as_owner("SET search_path = par;\n" . slurp('test/data/model/round.sql')));
sql('origin', as_owner('GRANT USAGE ON SCHEMA par TO model_guest; GRANT SELECT ON par.agency TO model_guest'));

my @parts = (
	[ 'rows'        => sub { rows($_[0], 'par') } ],
	[ 'views'       => sub { views($_[0], 'par') } ],
	[ 'objects'     => sub { objects($_[0], 'par') } ],
	[ 'rights'      => sub { rights($_[0], 'par') } ],
	[ 'seals'       => sub { seals($_[0], 'par') } ],
);
my %expected = map { $_->[0] => $_->[1]->('origin') } @parts;
cmp_ok(scalar(grep { !/\|0\|/ } split /\n/, $expected{rows}), '>', 20, 'most tables have rows');
like($expected{seals}, qr/^1\|seal\|t\|1\|0/m, 'there is a seal');
unlike($expected{seals}, qr/\|f\|/, 'and it holds');

sub as_in_origin
{
	my ($how) = @_;

	same($_->[1]->('restored'), $expected{ $_->[0] }, "$how: $_->[0]") for @parts;
}

my ($status, undef, $err) = run('', qw(pg_dump -d origin --format custom -f), "$dumps/all");
is($status, 0, 'pg_dump') or diag($err);
($status, undef, $err) = run('', qw(pg_restore --exit-on-error -d restored), "$dumps/all");
is($status, 0, 'restores') or diag($err);
as_in_origin('all');

($status, my $plain, $err) = run('', qw(pg_dump -d origin));
is($status, 0, 'pg_dump as plain text') or diag($err);
create_database('restored');
($status, undef, $err) = run($plain, qw(psql -X -q -v ON_ERROR_STOP=1 -d restored));
is($status, 0, 'restores') or diag($err);
as_in_origin('plain text');

# The schema alone, by its owner, who is no superuser.
($status, undef, $err) = run('', qw(pg_dump -d origin --role model_owner -n par --format custom -f), "$dumps/schema");
is($status, 0, 'pg_dump -n par') or diag($err);
create_database('restored');
sql('restored', 'CREATE EXTENSION parindex; GRANT CREATE ON DATABASE restored TO model_owner');
($status, undef, $err) = run('', qw(pg_restore --exit-on-error --role model_owner -d restored), "$dumps/schema");
is($status, 0, 'restores where the extension is') or diag($err);
as_in_origin('schema');

# Work goes on where it stopped: the next revision is the same in both.
for my $database ('origin', 'restored')
{
	sql($database, as_owner(<<'SQL'));
SELECT par.reopen(publication_id, 'Sửa điểm') FROM par.publication;
SELECT par.decide_appeal(appeal_id, 'granted', 20) FROM par.appeal;
SELECT par.advance_round(round_id) FROM par.assessment_round;
SELECT par.publish(round_id, '12/QĐ', '2020-03-01') FROM par.assessment_round;
SQL
}
same(seals('restored', 'par'), seals('origin', 'par'), 'the next revision has the same seal');
like(seals('restored', 'par'), qr/^2\|seal\|t\|1\|0/m, 'which holds');

sql('postgres', "DROP DATABASE $_") for qw(origin restored);
sql('postgres', 'DROP ROLE model_owner, model_guest');
done_testing();
