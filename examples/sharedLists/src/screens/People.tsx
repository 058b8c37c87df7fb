import { useMutation } from "convex/react";
import { asc, eq } from "drizzle-orm";
import { useState } from "react";
import { Text } from "react-native";
import { api } from "../../convex/_generated/api";
import { ActionButton } from "../components/ActionButton";
import { useLook } from "../components/theme";
import { people } from "../db/schema";
import { useNetworkStatus } from "../hooks/useNetworkStatus";
import { usePeople } from "../hooks/usePeople";
import { Heading, Line, Words } from "./parts";

/** Who is in the household. */
export function People({
  scopeId,
  canWrite,
}: {
  scopeId: string;
  canWrite: boolean;
}) {
  const { theme } = useLook({});
  const { isOnline } = useNetworkStatus();
  const { rows } = usePeople({
    where: eq(people.scopeId, scopeId),
    orderBy: asc(people.name),
  });
  const invite = useMutation(api.households.invite);
  const leave = useMutation(api.households.leave);
  const takeOut = useMutation(api.households.takeOut);
  const [code, setCode] = useState<string | null>(null);
  const inviteTo = (access: "read" | "write") => async () =>
    setCode(await invite({ scopeId, access }));
  return (
    <>
      <Heading>People</Heading>
      {rows.map(({ clientId, name, userId }) => (
        <Line key={clientId}>
          <Words>{name}</Words>
          {canWrite && (
            <ActionButton
              tone="danger"
              label="Take out"
              accessibleLabel={`Take ${name} out`}
              disabled={!isOnline}
              onPress={() => takeOut({ scopeId, userId })}
              theme={theme}
            />
          )}
        </Line>
      ))}
      {canWrite && (
        <Line>
          <ActionButton
            label="Invite"
            disabled={!isOnline}
            onPress={inviteTo("write")}
            theme={theme}
          />
          <ActionButton
            label="Invite to look on"
            disabled={!isOnline}
            onPress={inviteTo("read")}
            theme={theme}
          />
        </Line>
      )}
      {code !== null && (
        <Text selectable role="status" style={{ color: theme.text }}>
          {code}
        </Text>
      )}
      <ActionButton
        tone="danger"
        label="Leave"
        disabled={!isOnline}
        onPress={() => leave({ scopeId })}
        theme={theme}
      />
    </>
  );
}
