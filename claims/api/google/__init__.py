"""Google's Fact Check Tools API (v1alpha1) over our published reviews, for programs that speak it.

One method of its seven is offered: `claims.search`. The official clients work unchanged, so this
package follows that API's habits and not ours: addresses without a slash at the end, errors as
google.rpc.Status (`factcheck.common.rpc_errors`), nothing that is null.
"""
