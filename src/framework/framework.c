/*
 * framework.c
 *	  What can be read in a framework: framework.h.
 */
#include "postgres.h"
#include "framework/framework.h"

#include <math.h>

#include "base/forms/comparison_functions.h"
#include "kernel/exact/exact_total.h"
#include "miscadmin.h"

char *
framework_code_cstring(const framework *fw, int node)
{
	int			length;
	const char *code = framework_code(fw, node, &length);

	return pnstrdup(code, length);
}

Numeric
framework_max_points(const framework *fw, int node)
{
	const framework_label *label = framework_labels(fw) + node;

	return label->max_points_length == 0 ? NULL :
		(Numeric) ((const char *) fw + label->max_points);
}

char *
framework_rule(const framework *fw, int node)
{
	const framework_label *label = framework_labels(fw) + node;

	return label->rule_length == 0 ? NULL :
		pnstrdup((const char *) fw + label->rule, label->rule_length);
}

char *
framework_transform(const framework *fw, int node)
{
	const framework_label *label = framework_labels(fw) + node;

	return label->transform_length == 0 ? NULL :
		pnstrdup((const char *) fw + label->transform, label->transform_length);
}

/*
 * The product of normalised weights from the root down: own * parent's
 * effective weight / sum of the siblings' weights, rounded once a level.
 */
double *
framework_effective_weights(const framework *fw)
{
	double	   *effective = palloc(sizeof(double) * fw->nodes);

	effective[0] = 1;
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];
		exact_total total;
		exact_integer siblings;

		CHECK_FOR_INTERRUPTS();
		if (node->children == 0)
			continue;
		exact_total_init(&total);
		for (int k = 0; k < node->children; k++)
			exact_total_add_product(&total, fabs(fw->node[node->first_child + k].weight), 1);
		exact_total_get(&total, &siblings);
		if (siblings.limbs == 0)
		{
			memset(&effective[node->first_child], 0, sizeof(double) * node->children);
			continue;
		}
		for (int k = node->first_child; k < node->first_child + node->children; k++)
		{
			exact_integer own;

			exact_total_init(&total);
			exact_total_add_product(&total, effective[i], fw->node[k].weight);
			exact_total_get(&total, &own);
			effective[k] = exact_ratio_round(&own, &siblings);
		}
	}
	return effective;
}

/* ---------- order: that of the fingerprints, the same on every machine ---------- */

/* Read without the rest of a toasted value. */
static struct varlena *
fingerprint(Datum value)
{
	return PG_DETOAST_DATUM_SLICE(value, offsetof(framework, fingerprint) - VARHDRSZ,
								  FRAMEWORK_FINGERPRINT);
}

IMAGE_COMPARISON_FUNCTIONS(framework, fingerprint)
