# parindex: built with PGXS. Sources and tests are found by their names, SQL
# parts by the order files, so a new concept needs no line here.

EXTENSION  = parindex
EXTVERSION = $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" parindex.control)

MODULE_big = parindex
OBJS = $(patsubst %.c,%.o,$(sort $(shell find src -name '*.c'))) \
	$(patsubst %.cpp,%.o,$(sort $(shell find src -name '*.cpp')))

INSTALL_SQL = sql/parindex--$(EXTVERSION).sql
SQL_PARTS   = $(addprefix sql/engine/,$(shell grep '^[a-z]' sql/engine/order))
MODEL_PARTS = $(addprefix sql/model/,$(shell grep '^[a-z]' sql/model/order)) \
	$(sort $(wildcard sql/model/upgrade/*.sql))
MODEL_BUILT = $(addprefix build/,$(MODEL_PARTS))
DATA_built  = $(INSTALL_SQL)
DATA        = $(sort $(wildcard sql/upgrade/*.sql))

# All tests are those of the schedule and uninstall after them; "make installcheck
# REGRESS='grade rake' ISOLATION=" runs only the tests that it names.
REGRESS_OPTS = --inputdir=test --outputdir=build/regress --load-extension=parindex \
	--encoding=UTF8 --no-locale
ifneq ($(origin REGRESS),command line)
REGRESS_OPTS += --schedule=test/schedule
REGRESS       = uninstall
endif

ISOLATION      = $(patsubst test/isolation/specs/%.spec,%,$(sort $(wildcard test/isolation/specs/*.spec)))
ISOLATION_OPTS = --inputdir=test/isolation --outputdir=build/isolation --load-extension=parindex \
	--encoding=UTF8 --no-locale

# Exact arithmetic needs the compiler to keep every rounding where it is
# written: no contraction into FMA, no associative math, no tuning to the
# build machine. compat.h refuses __FAST_MATH__.
PG_CFLAGS   = -fvisibility=hidden
# C++ is for Boost.Math alone. Nothing may be thrown into the server, and the
# C++ library is needed at run time only if something asks for it after all.
CXX_SUBSET  = -fno-exceptions -fno-rtti
PG_CXXFLAGS = -fvisibility=hidden $(CXX_SUBSET) $(COPT)
SHLIB_LINK  = -Wl,--as-needed -lstdc++ -lm
PG_CPPFLAGS = -ffp-contract=off -DPARINDEX_VERSION='"$(EXTVERSION)"' -Isrc
# The kernel's assert() belongs to its unit tests and to assertion builds.
ifeq (,$(findstring -DUSE_ASSERT_CHECKING,$(COPT)))
PG_CPPFLAGS += -DNDEBUG
endif
EXTRA_CLEAN = $(INSTALL_SQL) $(INSTALL_SQL).parts $(INSTALL_SQL).new build

# lp_solve and the ordering library it needs go into our library, out of sight of
# others, so that there is nothing to install where it runs.
LPSOLVE     = -l:liblpsolve55_pic.a -l:libcolamd.a -l:libsuitesparseconfig.a
SHLIB_LINK += -Wl,--exclude-libs,ALL $(LPSOLVE) -lm

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)
BITCODE_CXXFLAGS += $(CXX_SUBSET)

# The kernel, and the transition functions that inline it, are the hot loops.
$(filter src/kernel/%,$(OBJS)) src/pipeline/row_program.o src/pipeline/wide_row.o src/statistics/moments_state.o src/survey/state/survey_stats.o: CFLAGS += -O3

# Headers are few and small: any change of one rebuilds all.
$(OBJS): $(shell find src -name '*.h')

$(INSTALL_SQL): $(SQL_PARTS) $(wildcard sql/template/*.sql) $(MODEL_BUILT) sql/engine/order sql/model/order \
		sql/expand.awk sql/pack_model.awk sql/list_rooms.awk parindex.control
	@echo "writing $@"
	@{ awk -f sql/expand.awk $(SQL_PARTS) && (cd build && awk -f ../sql/pack_model.awk $(MODEL_PARTS)); } > $@.parts
	@{ cat $@.parts && awk -f sql/list_rooms.awk $@.parts; } > $@.new
	@rm $@.parts
	mv $@.new $@

# The model's files with what templates and words say for them.
$(MODEL_BUILT): build/%.sql: %.sql sql/words sql/expand.awk sql/model_words.awk $(wildcard sql/template/model_*.sql)
	@mkdir -p $(@D)
	@awk -f sql/expand.awk $< > $@.expanded
	@awk -f sql/model_words.awk sql/words $@.expanded > $@.new
	@mv $@.new $@ && rm $@.expanded

installcheck: build/regress build/isolation
build/regress build/isolation:
	mkdir -p $@
