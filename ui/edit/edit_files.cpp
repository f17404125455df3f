// What of the Edit page leads to files, the clipboard and other pages.
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMessageBox>
#include <QStandardPaths>
#include <QUrl>
#include <memory>

#include "ui/edit/edit_page.h"

namespace b3o {
namespace {

const QString kSessionSuffix = QStringLiteral("b3o");

QFileDialog* dialogFor(QWidget* page, const QString& title, const QString& filter, bool save) {
  auto* dialog = new QFileDialog(page, title);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(save ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
  dialog->setAcceptMode(save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  if (!filter.isEmpty()) dialog->setNameFilter(filter);
  dialog->setOption(QFileDialog::DontConfirmOverwrite);  // the session asks, whatever way the path came
  dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
  return dialog;
}

bool isSession(const QString& path) {
  return QFileInfo(path).suffix().compare(kSessionSuffix, Qt::CaseInsensitive) == 0;
}

}  // namespace

void EditPage::buildFileMenu() {
  file_menu_->clear();
  const bool open = session_.isOpen();
  const auto add = [this](const QString& text, bool enabled, auto act) {
    auto* action = file_menu_->addAction(text);
    action->setEnabled(enabled);
    connect(action, &QAction::triggered, this, act);
  };
  add(tr("Open a picture..."), true, [this] { choosePicture(); });
  add(tr("Open a session file..."), true, [this] { chooseSession(); });
  file_menu_->addSeparator();
  add(tr("Export the picture..."), open, [this] { exportPicture(); });
  add(tr("Export the session..."), open, [this] { exportSession(); });
  add(tr("Open a mask file..."), open && session_.canMark(), [this] {
    auto* dialog = dialogFor(this, tr("Open a mask"), {}, false);
    connect(dialog, &QFileDialog::fileSelected, &session_, &EditSession::openMask);
    dialog->open();
  });
  file_menu_->addSeparator();
  add(tr("Name the session..."), open, [this] {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Name the session"));
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(session_.title());
    connect(dialog, &QInputDialog::textValueSelected, &session_, &EditSession::setTitle);
    dialog->open();
  });
  add(tr("Close"), open, [this] { session_.close(); });
}

void EditPage::choosePicture() {
  auto* dialog = dialogFor(this, tr("Open a picture"), {}, false);
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& path) { isSession(path) ? session_.importSession(path) : session_.openFile(path); });
  dialog->open();
}

void EditPage::chooseSession() {
  auto* dialog = dialogFor(this, tr("Open a session"), tr("Editing sessions (*.b3o)"), false);
  connect(dialog, &QFileDialog::fileSelected, &session_, &EditSession::importSession);
  dialog->open();
}

void EditPage::exportPicture() {
  if (!session_.isOpen()) return;
  auto* dialog = dialogFor(this, tr("Export the picture"), tr("PNG pictures (*.png)"), true);
  dialog->setDefaultSuffix(QStringLiteral("png"));
  dialog->selectFile(QFileInfo(session_.title()).completeBaseName() + QStringLiteral("-edited.png"));
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    export_session_ = false;
    session_.exportPicture(path);
  });
  dialog->open();
}

void EditPage::exportSession() {
  if (!session_.isOpen()) return;
  auto* dialog = dialogFor(this, tr("Export the session"), tr("Editing sessions (*.b3o)"), true);
  dialog->setDefaultSuffix(kSessionSuffix);
  dialog->selectFile(QFileInfo(session_.title()).completeBaseName() + QStringLiteral(".b3o"));
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    export_session_ = true;
    session_.exportSession(path);
  });
  dialog->open();
}

void EditPage::confirmOverwrite(const QString& path) {
  auto* box = new QMessageBox(QMessageBox::Question, tr("Replace the file?"),
                              tr("%1 exists already. Replace it?").arg(QFileInfo(path).fileName()),
                              QMessageBox::NoButton, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setTextFormat(Qt::PlainText);
  auto* replace = box->addButton(tr("Replace"), QMessageBox::DestructiveRole);
  box->setDefaultButton(box->addButton(tr("Keep it"), QMessageBox::RejectRole));
  connect(replace, &QAbstractButton::clicked, this, [this, path, session = export_session_] {
    session ? session_.exportSession(path, true) : session_.exportPicture(path, true);
  });
  box->open();
}

void EditPage::chooseSecond() {
  auto* dialog = dialogFor(this, tr("Open the other picture"), {}, false);
  connect(dialog, &QFileDialog::fileSelected, &session_, &EditSession::setSecondFile);
  dialog->open();
}

// While a blend waits for its other picture, that is what was brought.
bool EditPage::take(const QMimeData* data) {
  const bool second = session_.isOpen() && panel_->form()->mode() == EditMode::blend && !session_.second();
  for (const QUrl& url : data->urls()) {
    if (!url.isLocalFile()) continue;
    const QString path = url.toLocalFile();
    if (isSession(path))
      session_.importSession(path);
    else if (second)
      session_.setSecondFile(path);
    else
      session_.openFile(path);
    return true;
  }
  if (!data->hasImage()) return false;
  const auto image = qvariant_cast<QImage>(data->imageData());
  if (image.isNull()) return false;
  if (second)
    session_.setSecond(std::make_shared<const Image>(toImage(image)), tr("from the clipboard"));
  else if (const QByteArray png = data->data(QStringLiteral("image/png")); !png.isEmpty())
    session_.openBytes(png, tr("from the clipboard"));  // with the recipe that may be in it
  else
    session_.openImage(image, tr("from the clipboard"));
  return true;
}

CompareSide EditPage::sideOf(int64_t node) {
  CompareSide side;
  side.name = session_.nameOf(node);
  side.image = session_.shared(node);
  side.recipe = session_.document().node(node).recipe;
  return side;
}

// The pixels of an old node may have to be read first.
void EditPage::compareNode(int64_t node) {
  compare_with_ = 0;
  if (!session_.document().has(node)) return;
  CompareSide left = sideOf(node), right = sideOf(session_.document().current());
  if (left.image && right.image) {
    Q_EMIT compareWanted(left, right);
    return;
  }
  compare_with_ = node;
}

void EditPage::compareRoundTrip() {
  CompareSide left = sideOf(session_.document().source()), right;
  if (!left.image || !session_.roundTrip().image) return;
  right.name = tr("round trip");
  right.image = session_.roundTrip().image;
  Q_EMIT compareWanted(left, right);
}

}  // namespace b3o
