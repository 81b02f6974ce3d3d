/*
 * distributions.cpp
 *	  Distribution functions: see distributions.h. The one file of C++, since
 * Boost.Math is; it is compiled without exceptions, and touches neither the
 * server's memory nor its error handling.
 */

/*
 * Boost before 1.76 includes <iostream>, whose sole effect here would be to
 * initialise the standard streams when the library is loaded, and thereby to
 * need libstdc++ at run time. This is libstdc++'s include guard.
 */
#define _GLIBCXX_IOSTREAM 1

/* An assertion would take the server down; NaN and infinity are answers here. */
#define BOOST_DISABLE_ASSERTS

#include "kernel/exact/distributions.h"

#include <cmath>
#include <limits>

#include <boost/math/policies/policy.hpp>

/* Set by Boost when it stopped iterating before the result was good. */
static bool gave_up;

namespace boost { namespace math { namespace policies {

/*
 * What the policy user_error calls. Boost drops what it returns in some
 * places, hence gave_up; a backend has but one thread.
 */
template <class T>
T
user_evaluation_error(const char *, const char *, const T &value)
{
	gave_up = true;
	return value;
}

}}}

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace {

namespace policies = boost::math::policies;

using quiet = policies::policy<
	policies::domain_error<policies::ignore_error>,
	policies::pole_error<policies::ignore_error>,
	policies::overflow_error<policies::ignore_error>,
	policies::rounding_error<policies::ignore_error>,
	policies::indeterminate_result_error<policies::ignore_error>,
	policies::evaluation_error<policies::user_error>,
	policies::promote_float<false>,
	policies::promote_double<false>,
	policies::max_series_iterations<1000000>,
	policies::max_root_iterations<200>>;

using normal = boost::math::normal_distribution<double, quiet>;
using student_t = boost::math::students_t_distribution<double, quiet>;
using chi_squared = boost::math::chi_squared_distribution<double, quiet>;
using fisher_f = boost::math::fisher_f_distribution<double, quiet>;
using beta = boost::math::beta_distribution<double, quiet>;

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

double
finished(double result)
{
	return gave_up ? not_a_number : result;
}

template <class Distribution>
double
lower_tail(const Distribution &distribution, double x)
{
	gave_up = false;
	return finished(boost::math::cdf(distribution, x));
}

template <class Distribution>
double
upper_tail(const Distribution &distribution, double x)
{
	gave_up = false;
	return finished(boost::math::cdf(boost::math::complement(distribution, x)));
}

template <class Distribution>
double
point(const Distribution &distribution, double p)
{
	gave_up = false;
	return finished(boost::math::quantile(distribution, p));
}

template <class Distribution>
double
upper_point(const Distribution &distribution, double q)
{
	gave_up = false;
	return finished(boost::math::quantile(boost::math::complement(distribution, q)));
}

/*
 * For whole shapes Boost sums terms of the binomial distribution, which are
 * powers of 1 - x as rounded: wrong in as many last bits as the shapes add up to.
 * A shape made not whole, in its last bit, takes the way of all others.
 */
beta
beta_of(double a, double b)
{
	if (a > 1 && b > 1 && a + b > 100 && a == std::floor(a))
		a = std::nextafter(a, std::numeric_limits<double>::max());
	return beta(a, b);
}

/* Boost's F looks at the second parameter only where the first is bad. */
bool
good_df(double df1, double df2)
{
	return df1 > 0 && std::isfinite(df1) && df2 > 0 && std::isfinite(df2);
}

}

double
normal_cdf(double x) noexcept
{
	return lower_tail(normal(), x);
}

double
normal_upper(double x) noexcept
{
	return upper_tail(normal(), x);
}

double
normal_quantile(double p) noexcept
{
	return point(normal(), p);
}

double
student_t_cdf(double x, double df) noexcept
{
	return lower_tail(student_t(df), x);
}

double
student_t_upper(double x, double df) noexcept
{
	return upper_tail(student_t(df), x);
}

double
student_t_quantile(double p, double df) noexcept
{
	return point(student_t(df), p);
}

double
chi_squared_cdf(double x, double df) noexcept
{
	return lower_tail(chi_squared(df), x);
}

double
chi_squared_upper(double x, double df) noexcept
{
	return upper_tail(chi_squared(df), x);
}

double
chi_squared_quantile(double p, double df) noexcept
{
	return point(chi_squared(df), p);
}

double
chi_squared_quantile_upper(double q, double df) noexcept
{
	return upper_point(chi_squared(df), q);
}

double
f_cdf(double x, double df1, double df2) noexcept
{
	return good_df(df1, df2) ? lower_tail(fisher_f(df1, df2), x) : not_a_number;
}

double
f_upper(double x, double df1, double df2) noexcept
{
	return good_df(df1, df2) ? upper_tail(fisher_f(df1, df2), x) : not_a_number;
}

double
f_quantile(double p, double df1, double df2) noexcept
{
	return good_df(df1, df2) ? point(fisher_f(df1, df2), p) : not_a_number;
}

double
beta_cdf(double x, double a, double b) noexcept
{
	return lower_tail(beta_of(a, b), x);
}

double
beta_upper(double x, double a, double b) noexcept
{
	return upper_tail(beta_of(a, b), x);
}

double
beta_quantile(double p, double a, double b) noexcept
{
	return point(beta_of(a, b), p);
}

double
beta_quantile_upper(double q, double a, double b) noexcept
{
	return upper_point(beta_of(a, b), q);
}
