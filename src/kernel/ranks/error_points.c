/*
 * error_points.c
 *	  Panels of standard errors: error_points.h.
 *
 * Interpolation is by the second barycentric formula (Berrut and Trefethen,
 * SIAM Review 46, 2004).
 */
#include "kernel/ranks/error_points.h"

#include <math.h>

#include "kernel/field/column_stats.h"

/* The greatest error of a panel over its least, at most. */
#define PANEL_RATIO 1.5

/* cos((2 i + 1) pi / 16); sines are of the same size from the middle outwards. */
static const double chebyshev[PANEL_POINTS] = {
	0.98078528040323044913, 0.83146961230254523708, 0.55557023301960222474, 0.19509032201612826785,
	-0.19509032201612826785, -0.55557023301960222474, -0.83146961230254523708, -0.98078528040323044913
};

typedef struct panel
{
	double		from;			/* errors */
	double		to;
	int			first;			/* point */
	int			distinct;		/* errors in it */
} panel;

/* The panel that begins at a sorted error; returns where the next begins. */
static int
panel_at(const double *sorted, int i, int n, panel *panel)
{
	panel->from = panel->to = sorted[i];
	panel->distinct = 1;
	for (; i < n && sorted[i] <= PANEL_RATIO * panel->from; i++)
		if (sorted[i] > panel->to)
		{
			panel->to = sorted[i];
			panel->distinct++;
		}
	return i;
}

/* In units of 1 / from: between from / to and 1. */
static double
panel_middle(const panel *panel)
{
	return (1 + panel->from / panel->to) / 2;
}

static double
panel_half_length(const panel *panel)
{
	return (1 - panel->from / panel->to) / 2;
}

static void
put_points(error_points *points, const double *sorted, int from, int to, const panel *panel)
{
	int			first = points->count;

	if (panel->distinct <= PANEL_POINTS)
	{
		for (int i = from; i < to; i++)
			if (i == from || sorted[i] > sorted[i - 1])
				points->error[points->count++] = sorted[i];
	}
	else
		for (int i = 0; i < PANEL_POINTS; i++)
			points->error[points->count++] = panel->from /
				(panel_middle(panel) + panel_half_length(panel) * chebyshev[i]);
	for (int i = first; i < points->count; i++)
		points->begins[i] = i == first;
}

/* Of all points of a panel at one error; they add up to 1. */
static void
put_shares(const panel *panel, double error, double *share)
{
	double		x = (panel->from / error - panel_middle(panel)) / panel_half_length(panel);
	double		sum = 0;

	for (int i = 0; i < PANEL_POINTS; i++)
	{
		if (x == chebyshev[i])
		{
			for (int k = 0; k < PANEL_POINTS; k++)
				share[k] = k == i;
			return;
		}
		share[i] = (i % 2 == 0 ? 1 : -1) *
			chebyshev[i < PANEL_POINTS / 2 ? PANEL_POINTS / 2 - 1 - i : i - PANEL_POINTS / 2] /
			(x - chebyshev[i]);
		sum += share[i];
	}
	for (int i = 0; i < PANEL_POINTS; i++)
		share[i] /= sum;
}

static int
find_point(const error_points *points, int first, double error)
{
	while (points->error[first] != error)
		first++;
	return first;
}

/* The units whose errors lie in a panel, found by a pass over all: panels are few. */
static void
place_units(error_points *points, const double *error, int n, const panel *panel)
{
	for (int unit = 0; unit < n; unit++)
	{
		if (!(error[unit] >= panel->from && error[unit] <= panel->to))
			continue;
		if (panel->distinct <= PANEL_POINTS)
		{
			points->first[unit] = find_point(points, panel->first, error[unit]);
			points->span[unit] = 1;
			continue;
		}
		points->first[unit] = panel->first;
		points->span[unit] = PANEL_POINTS;
		put_shares(panel, error[unit], points->share + (long) unit * PANEL_POINTS);
	}
}

void
error_points_make(error_points *points, const double *error, int n, double *sorted, double *scratch)
{
	int			observed = column_sort(error, n, sorted, scratch);
	int			i = 0;

	points->count = 0;
	for (int unit = 0; unit < n; unit++)
	{
		points->first[unit] = -1;
		points->span[unit] = 0;
	}
	while (i < observed && sorted[i] == 0)
		i++;
	while (i < observed)
	{
		panel		panel;
		int			next = panel_at(sorted, i, observed, &panel);

		panel.first = points->count;
		put_points(points, sorted, i, next, &panel);
		place_units(points, error, n, &panel);
		i = next;
	}
}
