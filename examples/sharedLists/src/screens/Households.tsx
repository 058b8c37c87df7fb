import { useMutation } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { ActionButton } from "../components/ActionButton";
import { useLook } from "../components/theme";
import { useHouseholds } from "../hooks/useHouseholds";
import { useNetworkStatus } from "../hooks/useNetworkStatus";
import type { Scope } from "../sync/shared/protocol";
import { Adding, Input, Screen } from "./parts";

/** The households that one is in, and two ways into another one. */
export function Households({
  households,
  onOpen,
}: {
  households: readonly Scope[];
  onOpen: (scopeId: string) => void;
}) {
  const { theme } = useLook({});
  const { rows } = useHouseholds();
  const { isOnline } = useNetworkStatus();
  const create = useMutation(api.households.create);
  const join = useMutation(api.households.join);
  const [myName, setMyName] = useState("");
  const nameOf = (id: string) =>
    rows.find(({ scopeId }) => scopeId === id)?.name ?? "…";
  // Who is in a household is for the server to say, so that this is all that needs a network.
  const isReady = isOnline && myName.trim() !== "";
  return (
    <Screen title="Households">
      {households.map(({ scopeId }) => (
        <ActionButton
          key={scopeId}
          label={nameOf(scopeId)}
          onPress={() => onOpen(scopeId)}
          theme={theme}
        />
      ))}
      <Input label="Your name" value={myName} onChangeText={setMyName} />
      <Adding
        label="Name of a new household"
        action="Create"
        disabled={!isReady}
        onAdd={async (name) => onOpen(await create({ name, myName }))}
      />
      <Adding
        label="Code of an invitation"
        action="Join"
        disabled={!isReady}
        onAdd={async (code) => onOpen(await join({ code, myName }))}
      />
    </Screen>
  );
}
