/** Who a token speaks for, as `ctx.auth.getUserIdentity()` reports it. */
export interface Identity {
  readonly subject: string;
  readonly issuer: string;
  readonly tokenIdentifier: string;
}

const issuer = "https://loopback.test";

/** A token in the shape of a JWT, unsigned: the loopback deployment checks its expiry and nothing else. `seconds`: how long it is valid. */
export function makeToken(subject: string, now: number, seconds = 3600): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const iat = Math.floor(now / 1000);
  return [
    part({ alg: "none", typ: "JWT" }),
    part({ sub: subject, iss: issuer, aud: "convex", iat, exp: iat + seconds }),
    "unsigned",
  ].join(".");
}

/** Reads a token; `null` for none. Throws for one that is malformed or expired. */
export function readToken(token: string | null, now: number): Identity | null {
  if (token === null) return null;
  const payload: unknown = JSON.parse(
    Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
  );
  if (typeof payload !== "object" || payload === null || !("sub" in payload) || !("exp" in payload))
    throw new Error("Malformed token");
  if (Number(payload.exp) * 1000 <= now) throw new Error("Token expired");
  const subject = String(payload.sub);
  return { subject, issuer, tokenIdentifier: `${issuer}|${subject}` };
}
