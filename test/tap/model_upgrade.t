# upgrade_schema on the schema of a previous version, with data, grants and
# views of users, over two steps; and what the packing refuses.
#
# The versions are made here: what is shipped, with offices, is the previous
# one; the next two know more of them. Both are packed as the build packs. The
# steps that are shipped are taken by a schema that is put back to version 1.
use strict;
use warnings;
use utf8;
use lib 'test/tap/lib';
use Database;
use File::Temp;
use Model;
use Test::More;

my $tree = File::Temp->newdir;

sub write_file
{
	my ($path, $text) = @_;

	open(my $handle, '>:encoding(UTF-8)', "$tree/$path") or die "$tree/$path: $!\n";
	print $handle $text;
	close $handle or die "$tree/$path: $!\n";
}

# pack_model(file => text...) -> (status, SQL, errors) of the model with these files added
sub pack_model
{
	my (%added) = @_;

	system("rm -rf $tree/sql && mkdir $tree/sql && cp -r build/sql/model sql/pack_model.awk $tree/sql && mkdir -p $tree/sql/model/upgrade") == 0
		or die "cannot copy build/sql/model\n";
	write_file("sql/model/$_", $added{$_}) for keys %added;
	my @parts = ((grep { /^[a-z]/ } split(/\n/, slurp('sql/model/order'))), grep { !m{^upgrade/} } keys %added);
	return run('', 'sh', '-c', "cd $tree/sql/model && awk -f ../pack_model.awk @parts \$(ls upgrade/*.sql 2>/dev/null)");
}

# The model that the extension of this database holds from now on.
sub install_model
{
	my ($database, %added) = @_;
	my ($status, $function, $err) = pack_model(%added);

	die $err if $status;
	sql($database, $function =~ s/^CREATE FUNCTION/CREATE OR REPLACE FUNCTION/r);
}

my $previous = <<'SQL';
CREATE TABLE @schema@.office (
	office_id int PRIMARY KEY,
	agency_id int NOT NULL REFERENCES @schema@.agency,
	address   varchar(200)
);

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.office_list AS
SELECT o.office_id, a.code
FROM @schema@.office AS o
JOIN @schema@.agency AS a ON a.agency_id = o.agency_id;

CREATE OR REPLACE FUNCTION @schema@.offices(agency_code text) RETURNS bigint
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT count(*) FROM @schema@.office_list AS l WHERE l.code = agency_code;
END;
SQL

my $next = <<'SQL';
CREATE TABLE @schema@.office (
	office_id int PRIMARY KEY,
	agency_id int NOT NULL REFERENCES @schema@.agency,
	address   varchar(200),
	city      varchar(100) NOT NULL
);

CREATE TABLE @schema@.office_visit (
	office_id int NOT NULL REFERENCES @schema@.office,
	visitors  int
);

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.office_list AS
SELECT o.office_id, a.code, o.city, (SELECT sum(v.visitors) FROM @schema@.office_visit AS v WHERE v.office_id = o.office_id) AS visitors
FROM @schema@.office AS o
JOIN @schema@.agency AS a ON a.agency_id = o.agency_id;

CREATE OR REPLACE FUNCTION @schema@.offices(agency_code text) RETURNS bigint
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT count(*) FROM @schema@.office_list AS l WHERE l.code = agency_code AND l.city <> '';
END;

CREATE OR REPLACE FUNCTION @schema@.visit(office_id int, here @schema@.here DEFAULT NULL) RETURNS void
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM parindex.enter_schema(pg_typeof(here));
	INSERT INTO office_visit VALUES (visit.office_id, 1);
END
$$;
SQL

my $first_step = <<'SQL';
ALTER TABLE @schema@.office ADD COLUMN city varchar(100);
UPDATE @schema@.office SET city = split_part(address, ', ', 2);
ALTER TABLE @schema@.office ALTER COLUMN city SET NOT NULL;
CREATE TABLE @schema@.office_visit (office_id int NOT NULL REFERENCES @schema@.office);
SQL
my $second_step = 'ALTER TABLE @schema@.office_visit ADD COLUMN visitors int;';

sql('postgres', 'DROP ROLE IF EXISTS model_owner, model_guest');
sql('postgres', 'CREATE ROLE model_owner; CREATE ROLE model_guest');
create_database('model');
sql('model', 'CREATE EXTENSION parindex; GRANT CREATE ON DATABASE model TO model_owner; GRANT CREATE ON SCHEMA public TO model_owner');
my $version = sql('model', 'SELECT parindex.model_version()');
my ($one_later, $two_later) = ($version + 1, $version + 2);
my @steps = ("upgrade/$version-to-$one_later.sql", "upgrade/$one_later-to-$two_later.sql");

# ---- the previous version, in use -------------------------------------------

install_model('model', 'office.sql' => $previous);
sql('model', as_owner("CALL parindex.create_schema('plain'); CALL parindex.create_schema('twice')"));
sql('model', as_owner("CALL parindex.create_schema('par'); SET search_path = par;\n" . slurp('test/data/model/round.sql')));
sql('model', as_owner(<<'SQL'));
INSERT INTO par.office SELECT agency_id, agency_id, 'Số ' || agency_id || ', Hạ Long' FROM par.agency;
ALTER TABLE par.agency ADD COLUMN telephone text DEFAULT '0203';
CREATE INDEX agency_telephone ON par.agency (telephone);
CREATE VIEW public.office_seen AS SELECT * FROM par.office_list;
CREATE FUNCTION public.offices_seen() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT par.offices('tax'); END;
GRANT USAGE ON SCHEMA par TO model_guest;
GRANT SELECT ON par.office_list TO model_guest;
GRANT UPDATE (address) ON par.office TO model_guest;
REVOKE EXECUTE ON FUNCTION par.offices(text) FROM PUBLIC;
SQL
my $addresses = 'SELECT office_id, agency_id, address FROM par.office ORDER BY 1';
my %before = (
	rows      => rows('model', 'par'),
	rights    => rights('model', 'par'),
	seals     => seals('model', 'par'),
	objects   => census('model', 'par'),
	seen      => sql('model', 'SELECT office_id, code FROM public.office_seen ORDER BY 1'),
	addresses => sql('model', $addresses),
);
like($before{seals}, qr/^1\|seal\|t\|/m, 'the previous version holds a publication');

# ---- a step that fails ------------------------------------------------------

install_model('model', 'office.sql' => $next, $steps[0] => $first_step, $steps[1] => "$second_step\nSELECT 1 / 0;");
like(
	sql_error('model', as_owner('CALL parindex.upgrade_schema()')),
	qr/ERROR:  division by zero/, 'a step that fails stops the upgrade');
same(census('model', 'par'), $before{objects}, 'and leaves every definition');
same(rows('model', 'par'), $before{rows}, 'and row, the version among them');

# ---- the upgrade ------------------------------------------------------------

install_model('model', 'office.sql' => $next, $steps[0] => $first_step, $steps[1] => $second_step);
is(sql('model', 'SELECT parindex.model_version()'), $two_later, 'the next version is two steps away');
sql('model', as_owner('CALL parindex.upgrade_schema()'));
is(sql('model', 'SELECT version FROM par.schema_version'), $two_later, 'the schema says that it is there');
sub untouched
{
	return join "\n", grep { !/^(schema_version|office|office_visit)\|/ } split /\n/, $_[0];
}
same(untouched(rows('model', 'par')), untouched($before{rows}), 'tables without a step keep each row');
is(sql('model', $addresses), $before{addresses}, 'one with a step too');
is(sql('model', 'SELECT DISTINCT city FROM par.office'), 'Hạ Long', 'and has what the step computed');
same(
	join("\n", grep { !/office_visit|visit\(/ } split /\n/, rights('model', 'par')), $before{rights}, 'grants are kept');
is(sql('model', 'SELECT office_id, code FROM public.office_seen ORDER BY 1'), $before{seen}, 'views of users give the same');
is(sql('model', 'SELECT public.offices_seen()'), '1', 'and their functions');
is(
	sql('model', 'SET ROLE model_guest; SELECT count(DISTINCT city) FROM par.office_list'), '1',
	'whoever could read a view reads its new columns');
sql('model', as_owner('SELECT par.visit(office_id) FROM par.office'));
is(sql('model', 'SELECT sum(visitors) = count(*) FROM par.office_list'), 't', 'new functions work');
is(
	sql('model', "SELECT count(*) FROM par.agency WHERE telephone = '0203' AND 'par.agency_telephone'::regclass > 0"), '5',
	'columns and indexes of users are kept');
is(seals('model', 'par'), $before{seals}, 'seals hold');

# ---- it is what a new schema would be ---------------------------------------

sql('model', as_owner("CALL parindex.upgrade_schema('plain'); CALL parindex.create_schema('fresh')"));
same(census('model', 'plain'), census('model', 'fresh'), 'a schema upgraded equals one created');
my $current = sql('model', 'SELECT xmin, ctid FROM plain.schema_version');
sql('model', as_owner("CALL parindex.upgrade_schema('plain')"));
is(sql('model', 'SELECT xmin, ctid FROM plain.schema_version'), $current, 'upgraded twice is upgraded once');

# ---- two at once ------------------------------------------------------------

my $upgrade = q{psql -X -q -d model -v ON_ERROR_STOP=1 -c 'SET client_min_messages = warning; SET ROLE model_owner' \
	-c 'BEGIN' -c "CALL parindex.upgrade_schema('twice')" -c 'SELECT pg_sleep(0.2)' -c 'COMMIT' >/dev/null};
my ($status, undef, $err) = run('', 'sh', '-c', "$upgrade & first=\$!; $upgrade; second=\$?; wait \$first && exit \$second");
is($status, 0, 'of two upgrades at once one waits for the other') or diag($err);
same(census('model', 'twice'), census('model', 'fresh'), 'and each step is taken once');

# ---- from version 1 ---------------------------------------------------------

install_model('model');
sql('model', as_owner("CALL parindex.create_schema('made_now'); CALL parindex.create_schema('of_version_1'); SET search_path = of_version_1;\n" . slurp('test/data/model/round.sql')));
my %filled = (rows => rows('model', 'of_version_1'), seals => seals('model', 'of_version_1'));
sql('model', as_owner(<<'SQL'));
ALTER TABLE of_version_1.assessment ALTER COLUMN changed_by SET DEFAULT
	CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role')::name END;
CREATE OR REPLACE TRIGGER stamp_insert BEFORE INSERT ON of_version_1.assessment
	FOR EACH ROW EXECUTE FUNCTION of_version_1.stamp_assessment();
CREATE OR REPLACE FUNCTION of_version_1.caller() RETURNS name LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC SELECT current_user; END;
DROP FUNCTION of_version_1.chosen_role();
UPDATE of_version_1.schema_version SET version = 1;
CALL parindex.upgrade_schema('of_version_1');
SQL
same(census('model', 'of_version_1'), census('model', 'made_now'), 'a schema of version 1 becomes what a new one is');
is(seals('model', 'of_version_1'), $filled{seals}, 'seals hold');
same(
	join("\n", grep { !/^schema_version/ } split /\n/, rows('model', 'of_version_1')),
	join("\n", grep { !/^schema_version/ } split /\n/, $filled{rows}), 'and each row is kept');

# ---- what the packing refuses -----------------------------------------------

for my $case (
	[ '98-office.sql', 'SELECT 1;', qr/98-office\.sql:1: the name is neither/ ],
	[ 'upgrade/7.sql', 'SELECT 1;', qr/upgrade\/7\.sql:1: the name is neither/ ],
	[ 'upgrade/7-to-9.sql', 'SELECT 1;', qr/upgrade\/7-to-9\.sql:1: not a step from one version to the next/ ],
	[ "upgrade/$one_later-to-$two_later.sql", 'SELECT 1;', qr/there is no step $version-to-$one_later\.sql/ ],
	[ 'office.sql', 'SELECT $model_part$ $model_part$;', qr/office\.sql:1: the packing needs this dollar quote/ ],
	[ 'office.sql', "-- Replaced by upgrades:\n" x 2, qr/office\.sql:2: this line divides nothing/ ],
	[ 'upgrade/7-to-8.sql', "-- Replaced by upgrades:\n", qr/upgrade\/7-to-8\.sql:1: this line divides nothing/ ])
{
	my ($file, $text, $message) = @$case;
	my ($status, undef, $err) = pack_model($file => "$text\n");

	isnt($status, 0, "$file with $text is not packed" =~ s/\n/ /gr);
	like($err, $message, 'and the message says why');
}

sql('postgres', 'DROP DATABASE model');
sql('postgres', 'DROP ROLE model_owner, model_guest');
done_testing();
