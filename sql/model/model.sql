-- The model: one good home for the data of an index programme. These files,
-- in the order of sql/model/order, are what parindex.create_schema runs, with
-- the name of the schema put in. docs/model.md says how they are written;
-- test/layout/model_files.sh and test/pgtap/model_catalog.sql hold them to it.
--
-- Nothing may depend on the schema's name, for it can be renamed:
-- * Views, policies and functions in SQL (BEGIN ATOMIC) name objects in full and
--   are bound to the objects themselves from then on.
-- * PL/pgSQL is bound to nothing. Its bodies write names without a schema and
--   begin with the search: parindex.enter_schema(pg_typeof(here)), in which
--   "here" is the last argument, of the type below. Trigger functions take the
--   schema from TG_TABLE_SCHEMA.
--
-- What stands after the line "-- Replaced by upgrades:" is run again by each
-- parindex.upgrade_schema; what stands before it, only once.

COMMENT ON SCHEMA @schema@ IS
'Index programmes: agencies, criteria, rounds, assessments, surveys, actions, awards and publications. / Chương trình chỉ số: cơ quan, tiêu chí, kỳ đánh giá, kết quả đánh giá, khảo sát, nhiệm vụ, khen thưởng và công bố.';

CREATE TYPE @schema@.here AS ENUM ();

COMMENT ON TYPE @schema@.here IS
'Has no values: an argument of this type, to be left out, tells a function the schema it lives in. / Không có giá trị: tham số kiểu này (bỏ trống khi gọi) cho hàm biết lược đồ chứa nó.';

CREATE TABLE @schema@.schema_version (
	version         int NOT NULL CHECK (version > 0),
	engine_version  varchar(40) NOT NULL,
	upgraded_at     timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE UNIQUE INDEX schema_version_one_row ON @schema@.schema_version ((true));

COMMENT ON TABLE @schema@.schema_version IS
'One row: what this schema was last created or upgraded by. / Một dòng: phiên bản của lược đồ khi tạo hoặc nâng cấp lần cuối.';
COMMENT ON COLUMN @schema@.schema_version.version IS
'Version of the model: 1, 2, … / Phiên bản của mô hình: 1, 2, …';
COMMENT ON COLUMN @schema@.schema_version.engine_version IS
'Version of the extension parindex that did it. / Phiên bản của phần mở rộng parindex đã thực hiện.';
COMMENT ON COLUMN @schema@.schema_version.upgraded_at IS
'When. / Thời điểm thực hiện.';

INSERT INTO @schema@.schema_version (version, engine_version)
VALUES (parindex.model_version(), parindex.library_version());
