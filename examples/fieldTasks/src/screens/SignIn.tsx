import { useState } from "react";
import { Text, View } from "react-native";
import { ActionButton } from "../components/ActionButton";
import { useSession } from "../session/useSession";
import { Field, Input } from "./controls";
import { useTheme } from "./look";
import { OfflineSwitch } from "./OfflineSwitch";

/** Asks for a name. The play server believes everybody; a deployment of your own does not hear of it. */
export function SignIn() {
  const theme = useTheme();
  const { signIn } = useSession();
  const [name, setName] = useState("");
  const submit = () => {
    if (name.trim() !== "") signIn(name.trim().toLowerCase());
  };
  return (
    <View
      style={{
        flex: 1,
        justifyContent: "center",
        alignItems: "center",
        padding: 24,
        backgroundColor: theme.background,
      }}
    >
      <View style={{ width: "100%", maxWidth: 360, gap: 20 }}>
        <View
          style={{
            width: 64,
            height: 64,
            borderRadius: 18,
            alignItems: "center",
            justifyContent: "center",
            backgroundColor: theme.accent,
          }}
        >
          <Text
            style={{ color: theme.onAccent, fontSize: 34, fontWeight: "700" }}
          >
            ✓
          </Text>
        </View>
        <View style={{ gap: 6 }}>
          <Text
            role="heading"
            style={{ color: theme.text, fontSize: 28, fontWeight: "800" }}
          >
            Field tasks
          </Text>
          <Text
            style={{ color: theme.mutedText, fontSize: 16, lineHeight: 23 }}
          >
            Works in the cellar, on the mast and in the tunnel. Syncs when there
            is a connection.
          </Text>
        </View>
        <Field label="Your crew">
          <Input
            accessibilityLabel="Your crew"
            autoCapitalize="none"
            autoCorrect={false}
            placeholder="crew7"
            value={name}
            onChangeText={setName}
            onSubmitEditing={submit}
          />
        </Field>
        <ActionButton
          tone="primary"
          label="Sign in"
          disabled={name.trim() === ""}
          onPress={submit}
          theme={theme}
        />
        <OfflineSwitch onlyToEnd />
      </View>
    </View>
  );
}
