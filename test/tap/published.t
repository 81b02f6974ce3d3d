# Published indices are computed as their files and their README say.
use strict;
use warnings;
use utf8;
use lib 'test/tap/lib';
use Database;
use Test::More;

my %match = (
	'tax_competitiveness_2025'        => qr/228 of 228 scores within 1e-9, greatest difference 0\.0; 228 of 228 ranks equal/,
	'inform_risk_2020'                => qr/(?:191 of 191 scores equal at 1 digit, greatest difference 0\.0\n.*){4}191 of 191 ranks equal/s,
	'svi_2020_pennsylvania'           => qr/(?:67 of 67 percentile ranks equal at 4 digits, greatest difference 0\.0000\n.*){5}/s,
	'national_risk_2021_california'   => qr/(?:59 of 59 scores equal at 6 digits.*){3}59 of 59 ranks equal/s,
	'simd_2016_stirling'              => qr/121 of 121 places equal, greatest difference 0$/m,
	'wimd_2019_swansea'               => qr/148 of 148 scores equal at 6 digits, greatest difference 0\.000000006; 148 of 148 places equal/,
	'arwu_2015'                       => qr/91 of 100 scores equal at 1 digit, greatest difference 0\.1; 89 of 100 ranks equal/,
	'the_2016'                        => qr/168 of 200 scores equal at 1 digit, 195 within 0\.1; 196 of 200 ranks within 2/,
	'human_freedom_2019'              => qr/of 990 figures 846 equal at 2 digits, 977 within 0\.01; of 165 indices 143 equal, 165 of the ranks within 1/,
	'economic_freedom_2019'           => qr/freedom: 141 of 165 scores equal at 2 digits, 152 within 0\.01.*(?:165 within 0\.01.*){4}104 of 165 ranks equal, 146 within 1/s,
	'hdi_2019'                        => qr/22 of 32 equal at 3 digits, 32 within 0\.001; 32 of the places in this list within 1/,
	'pci_2021'                        => qr/8 of 21 scores equal at 2 digits, 21 within 0\.02; 21 of the places in this list equal/,
);

create_database('published');
sql('published', 'CREATE EXTENSION parindex');
for my $name (sort keys %match)
{
	my ($status, $out, $err) = run('', qw(psql -X -d published -f), "examples/published/$name.sql");
	is($status, 0, "$name.sql runs") or diag($err);
	is($err, '', 'without a warning');
	like($out, $match{$name}, 'and comes out as it says');
}
my ($status, $files) = run('', qw(sh -c), 'ls examples/published/*.sql | wc -l');
is($files + 0, scalar(keys %match), 'all of them are tried');
sql('postgres', 'DROP DATABASE published');
done_testing();
