# docs/reference/ says what the comments say.
use strict;
use warnings;
use lib 'test/tap/lib';
use Database;
use File::Temp;
use Test::More;

my $pages = File::Temp->newdir;
my ($status, $out, $err) = run('', 'scripts/reference', '--in-cluster', "$pages");
is($status, 0, 'the pages can be written') or diag($err);
($status, $out, $err) = run('', qw(diff -r -U1), 'docs/reference', "$pages");
is($status, 0, 'docs/reference is current; else run scripts/reference') or diag($out, $err);

done_testing();
