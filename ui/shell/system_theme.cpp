#include "ui/shell/system_theme.h"

#include <QGuiApplication>
#include <QPalette>
#include <QStyleHints>
#ifdef B3O_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

namespace b3o {

SystemTheme::SystemTheme(QObject* parent) : QObject(parent) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
  const auto read = [this] {
    set(QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Light ? Theme::light : Theme::dark);
  };
  connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, read);
  read();
#elif defined(Q_OS_WIN) || defined(Q_OS_MACOS)
  const QPalette palette = QGuiApplication::palette();
  set(palette.color(QPalette::Window).lightness() > palette.color(QPalette::WindowText).lightness() ? Theme::light
                                                                                                    : Theme::dark);
#else
  askPortal();
#endif
}

void SystemTheme::set(Theme theme) {
  if (theme == theme_) return;
  theme_ = theme;
  Q_EMIT changed();
}

#ifdef B3O_DBUS
namespace {

constexpr const char* kService = "org.freedesktop.portal.Desktop";
constexpr const char* kPath = "/org/freedesktop/portal/desktop";
constexpr const char* kInterface = "org.freedesktop.portal.Settings";
constexpr const char* kSpace = "org.freedesktop.appearance";
constexpr const char* kKey = "color-scheme";
constexpr uint kPrefersLight = 2;  // 0: no preference, 1: dark

}  // namespace

void SystemTheme::askPortal() {
  auto bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return;
  bus.connect(QString(), QString::fromLatin1(kPath), QString::fromLatin1(kInterface), QStringLiteral("SettingChanged"),
              this, SLOT(portalChanged(QString, QString, QDBusVariant)));
  auto call = QDBusMessage::createMethodCall(QString::fromLatin1(kService), QString::fromLatin1(kPath),
                                             QString::fromLatin1(kInterface), QStringLiteral("Read"));
  call << QString::fromLatin1(kSpace) << QString::fromLatin1(kKey);
  auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
  connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
    const QDBusPendingReply<QDBusVariant> reply = *answer;
    answer->deleteLater();
    if (!reply.isError()) portalChanged(QString::fromLatin1(kSpace), QString::fromLatin1(kKey), reply.value());
  });
}

void SystemTheme::portalChanged(const QString& space, const QString& key, const QDBusVariant& value) {
  if (space != QLatin1String(kSpace) || key != QLatin1String(kKey)) return;
  QVariant inner = value.variant();
  if (inner.canConvert<QDBusVariant>()) inner = inner.value<QDBusVariant>().variant();  // older portals wrap it twice
  set(inner.toUInt() == kPrefersLight ? Theme::light : Theme::dark);
}
#else
void SystemTheme::askPortal() {}
#endif

}  // namespace b3o
