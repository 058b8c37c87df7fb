import type { RateLimitModel } from "../../../model/model";
import { numberLiteral } from "../../../render/literals";

/** What `templates/tables/convex/syncRateLimit.ts.hbs` is filled with. */
export interface RateLimitView {
  readonly kind: string;
  readonly rate: string;
  readonly period: string;
  readonly capacity: string;
}

/** The budget of each user, as the rate limiter component takes it. */
export function rateLimitView({ kind, rate, period, capacity }: RateLimitModel): RateLimitView {
  return {
    kind,
    rate: numberLiteral(rate),
    period: numberLiteral(period),
    capacity: numberLiteral(capacity),
  };
}
