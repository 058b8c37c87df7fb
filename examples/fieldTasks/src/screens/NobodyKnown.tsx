import { Text } from "react-native";
import { deploymentUrl } from "../session/connection";
import { useTheme } from "./look";
import { Screen } from "./Screen";

/** On a deployment of your own, until its `syncUser.ts` says who is there. */
export function NobodyKnown() {
  const theme = useTheme();
  const text = { color: theme.text, fontSize: 16, lineHeight: 23 };
  return (
    <Screen style={{ justifyContent: "center", gap: 12, padding: 24 }}>
      <Text role="heading" style={[text, { fontWeight: "700" }]}>
        This deployment knows nobody yet
      </Text>
      <Text role="status" aria-live="polite" style={text}>
        {`${deploymentUrl} has no sign-in. For a first look, let convex/syncUser.ts return one name for everybody: the README says how, under "On a real deployment".`}
      </Text>
    </Screen>
  );
}
