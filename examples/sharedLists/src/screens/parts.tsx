import { ConvexError } from "convex/values";
import { useState, type ReactNode } from "react";
import {
  Pressable,
  ScrollView,
  StatusBar,
  Text,
  TextInput,
  View,
  type TextInputProps,
} from "react-native";
import { ActionButton } from "../components/ActionButton";
import { SyncErrorBanner } from "../components/SyncErrorBanner";
import { SyncStatusIcon } from "../components/SyncStatusIcon";
import { useLook } from "../components/theme";

/** A screen with a title, the state of the sync, and what went wrong. */
export function Screen({
  title,
  onBack,
  children,
}: {
  title: string;
  onBack?: () => void;
  children: ReactNode;
}) {
  const { theme } = useLook({});
  return (
    <ScrollView
      style={{ backgroundColor: theme.background }}
      contentContainerStyle={{
        gap: theme.spacing,
        padding: 16,
        // An app of your own measures it with react-native-safe-area-context.
        paddingTop: (StatusBar.currentHeight ?? 56) + 16,
      }}
    >
      <Line>
        {onBack && <ActionButton label="Back" onPress={onBack} theme={theme} />}
        <Text
          role="heading"
          style={{
            flex: 1,
            color: theme.text,
            fontSize: 24,
            fontWeight: "700",
          }}
        >
          {title}
        </Text>
        <SyncStatusIcon />
      </Line>
      <SyncErrorBanner />
      {children}
    </ScrollView>
  );
}

/** What stands beside each other. */
export function Line({ children }: { children: ReactNode }) {
  return (
    <View style={{ flexDirection: "row", alignItems: "center", gap: 8 }}>
      {children}
    </View>
  );
}

export function Heading({ children }: { children: ReactNode }) {
  const { theme } = useLook({});
  return (
    <Text
      role="heading"
      style={{
        marginTop: 16,
        color: theme.text,
        fontSize: 18,
        fontWeight: "600",
      }}
    >
      {children}
    </Text>
  );
}

/** Text that takes the room there is. */
export function Words({ children }: { children: ReactNode }) {
  const { theme } = useLook({});
  return <Text style={{ flex: 1, color: theme.text }}>{children}</Text>;
}

/** A field for text. */
export function Input({ label, ...input }: TextInputProps & { label: string }) {
  const { theme } = useLook({});
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      placeholderTextColor={theme.mutedText}
      {...input}
      style={{
        flex: 1,
        minHeight: theme.touchTarget,
        paddingHorizontal: 12,
        borderRadius: theme.radius,
        borderWidth: 1,
        borderColor: theme.border,
        color: theme.text,
      }}
    />
  );
}

/** Something to tick off. */
export function Tick({
  label,
  isTicked,
  disabled,
  onTick,
}: {
  label: string;
  isTicked: boolean;
  disabled: boolean;
  onTick: (isTicked: boolean) => Promise<unknown>;
}) {
  const { theme } = useLook({});
  return (
    <Pressable
      role="checkbox"
      aria-label={label}
      aria-checked={isTicked}
      disabled={disabled}
      onPress={() => void onTick(!isTicked)}
      style={{
        flex: 2,
        flexDirection: "row",
        alignItems: "center",
        minHeight: theme.touchTarget,
      }}
    >
      <Words>{`${isTicked ? "☑" : "☐"} ${label}`}</Words>
    </Pressable>
  );
}

/** A field and a button that makes something of what was typed; says why not, where the server refuses. */
export function Adding({
  label,
  action,
  disabled = false,
  onAdd,
}: {
  label: string;
  action: string;
  disabled?: boolean;
  onAdd: (text: string) => Promise<unknown>;
}) {
  const { theme } = useLook({});
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const add = async () => {
    setProblem(null);
    try {
      await onAdd(text.trim());
      setText("");
    } catch (error) {
      if (!(error instanceof ConvexError)) throw error;
      setProblem(String(error.data));
    }
  };
  return (
    <>
      <Line>
        <Input label={label} value={text} onChangeText={setText} />
        <ActionButton
          label={action}
          accessibleLabel={`${action}: ${label}`}
          disabled={disabled || text.trim() === ""}
          onPress={add}
          theme={theme}
        />
      </Line>
      {problem !== null && (
        <Text role="alert" style={{ color: theme.danger }}>
          {problem}
        </Text>
      )}
    </>
  );
}
