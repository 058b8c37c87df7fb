import type { ReactNode } from "react";
import {
  Pressable,
  Text,
  TextInput,
  View,
  type TextInputProps,
} from "react-native";
import { useTheme } from "./look";

/** A name above something to fill in. */
export function Field({
  label,
  children,
}: {
  label: string;
  children: ReactNode;
}) {
  const theme = useTheme();
  return (
    <View style={{ gap: 6 }}>
      <Text style={{ color: theme.mutedText, fontSize: 13, fontWeight: "600" }}>
        {label}
      </Text>
      {children}
    </View>
  );
}

/** A field for text. */
export function Input(props: TextInputProps) {
  const theme = useTheme();
  return (
    <TextInput
      placeholderTextColor={theme.mutedText}
      {...props}
      style={[
        {
          minHeight: theme.touchTarget,
          padding: 12,
          borderRadius: theme.radius,
          borderWidth: 1,
          borderColor: theme.border,
          backgroundColor: theme.surface,
          color: theme.text,
          fontSize: 16,
        },
        props.style,
      ]}
    />
  );
}

export interface ChoiceOption<Value> {
  readonly value: Value;
  readonly label: string;
  /** A dot before the label. */
  readonly color?: string;
}

/** One of a few values, as a row of chips. */
export function Choice<Value>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly ChoiceOption<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const theme = useTheme();
  return (
    <View
      role="radiogroup"
      aria-label={label}
      style={{ flexDirection: "row", flexWrap: "wrap", gap: 8 }}
    >
      {options.map((option) => {
        const isChosen = option.value === value;
        return (
          <Pressable
            key={option.label}
            role="radio"
            aria-checked={isChosen}
            aria-label={option.label}
            onPress={() => onChange(option.value)}
            hitSlop={5}
            style={{
              flexDirection: "row",
              alignItems: "center",
              gap: 7,
              minHeight: 36,
              paddingHorizontal: 14,
              borderRadius: 18,
              borderWidth: 1,
              borderColor: isChosen ? theme.accent : theme.border,
              backgroundColor: isChosen ? theme.accent : theme.surface,
            }}
          >
            {option.color !== undefined && (
              <Dot
                color={option.color}
                ring={isChosen ? theme.onAccent : option.color}
              />
            )}
            <Text
              style={{
                color: isChosen ? theme.onAccent : theme.text,
                fontSize: 14,
                fontWeight: "600",
              }}
            >
              {option.label}
            </Text>
          </Pressable>
        );
      })}
    </View>
  );
}

export function Dot({
  color,
  ring = color,
}: {
  color: string;
  /** Around it, where the background may be of its own colour. */
  ring?: string;
}) {
  return (
    <View
      style={{
        width: 10,
        height: 10,
        borderRadius: 5,
        borderWidth: 1.5,
        borderColor: ring,
        backgroundColor: color,
      }}
    />
  );
}

/** Lets the label of a plain button stand at an edge; what can be pressed is wider. */
export function AtEdge({
  side,
  children,
}: {
  side: "left" | "right";
  children: ReactNode;
}) {
  const margin = -useTheme().spacing * 2;
  const edge =
    side === "left" ? { marginLeft: margin } : { marginRight: margin };
  return <View style={[{ flexDirection: "row" }, edge]}>{children}</View>;
}

/** The bar at the top of a screen. */
export function Bar({ children }: { children: ReactNode }) {
  const theme = useTheme();
  return (
    <View
      style={{
        flexDirection: "row",
        alignItems: "center",
        minHeight: 60,
        paddingHorizontal: 16,
        gap: 4,
        borderBottomWidth: 1,
        borderColor: theme.border,
        backgroundColor: theme.surface,
      }}
    >
      {children}
    </View>
  );
}
