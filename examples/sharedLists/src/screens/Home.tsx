import { useState } from "react";
import { useScopes } from "../hooks/useScopes";
import { Household } from "./Household";
import { Households } from "./Households";

/** The household that is open, for as long as one is in it, or all of them. */
export function Home() {
  const [openId, setOpenId] = useState<string | null>(null);
  const households = useScopes("household");
  const open = households.find(({ scopeId }) => scopeId === openId);
  return open === undefined ? (
    <Households households={households} onOpen={setOpenId} />
  ) : (
    <Household
      scopeId={open.scopeId}
      canWrite={open.access === "write"}
      onClose={() => setOpenId(null)}
    />
  );
}
